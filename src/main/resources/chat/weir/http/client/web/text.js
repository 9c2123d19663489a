/** Times, measures and what went wrong, in plain words. */

const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const LONG_DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' });
const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

/** What is said of a name that is none. */
export const NO_NAME = 'Choose a name.';
export const NAME_RULE = 'A name has 1 to 32 letters, digits, _ - or . and no spaces, and does not mix alphabets.';

const TAKEN = 'Somebody here has this name. Choose another one.';
const REGISTERED = 'This name belongs to an account. Log in, or choose another one.';

/** Why a name was refused. */
const NAMES = { taken: TAKEN, registered: REGISTERED, invalid: NAME_RULE, banned: 'You are banned from this channel.' };

/** What is said of an error instead of the server's text. */
const ERRORS = {
  name_taken: TAKEN,
  name_registered: REGISTERED,
  invalid_name: NAME_RULE,
  wrong_credentials: 'Name and password do not belong together.',
  unavailable: 'The server cannot take that just now. Try again in a moment.',
};

const SANCTIONS = ['banned', 'muted'];
const LAST_DATE_MS = 8.64e15;

/** Always a date that can be shown, whatever was sent. @param {number} seconds since the epoch */
export const dateOf = (seconds) => new Date(Math.min(Math.max(0, seconds * 1_000 || 0), LAST_DATE_MS));

/** @param {Date} date local time of day */
export const clock = (date) => CLOCK.format(date);

/** @param {Date} date with day and time */
export const full = (date) => FULL.format(date);

/** `Today`, `Yesterday`, or the date. */
export function day(date) {
  const midnight = (of) => new Date(of.getFullYear(), of.getMonth(), of.getDate());
  const ago = Math.round((midnight(new Date()) - midnight(date)) / 86_400_000);
  if (ago === 0 || ago === 1) {
    return ago === 0 ? 'Today' : 'Yesterday';
  }
  return (ago < 180 ? DAY : LONG_DAY).format(date);
}

/** When so many seconds have passed: `18:13`, with the day if it is another. */
export function until(seconds) {
  const end = new Date(Date.now() + seconds * 1_000);
  return end.toDateString() === new Date().toDateString() ? clock(end) : full(end);
}

/** `10 minutes`, `1 day`; `90 minutes` is said so. */
export function duration(seconds) {
  const [unit, size] = UNITS.find(([, length]) => seconds >= length && seconds % length === 0) ?? ['second', 1];
  return count(seconds / size, unit);
}

/** `1 person`, `3 messages`. */
export const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

/** With a capital, and a stop at the end. */
function sentence(text) {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}

/** What went wrong, whatever threw it. */
export function plain(error) {
  const { reason = '', retryAfter } = error;
  const known = error.type === 'identity' ? NAMES : ERRORS;
  if (Object.hasOwn(known, reason)) {
    return known[reason];
  }
  if (reason === 'rate_limited') {
    return retryAfter ? `Too fast: wait ${count(Math.ceil(retryAfter), 'second')}.` : 'Too fast: wait a little.';
  }
  const text = sentence(String(error.message || 'something went wrong'));
  return retryAfter && SANCTIONS.includes(reason) ? `${text.slice(0, -1)} (until ${until(retryAfter)}).` : text;
}

const role = (who, measure) => (measure.role === 'moderator' ? `made ${who} a moderator` : `took the moderator's role from ${who}`);

const MEASURES = {
  kick: (who) => `sent ${who} out`,
  mute: (who) => `muted ${who}`,
  unmute: (who) => `let ${who} speak again`,
  ban: (who) => `banned ${who}`,
  unban: (who) => `lifted the ban on ${who}`,
  role,
};

/** The kinds of measures that `measure` can say. */
export const MEASURE_TYPES = Object.keys(MEASURES);

/** `mia muted bob for 10 minutes: no advertising`. @param {string} me who reads it */
export function measure(envelope, me) {
  const { type, user, by, reason, duration: seconds, channel } = envelope;
  const done = MEASURES[type](user === me ? 'you' : user, envelope);
  const long = seconds ? ` for ${duration(seconds)}` : '';
  const where = channel === '*' ? ' everywhere' : '';
  return `${by === me ? 'You' : by} ${done}${where}${long}${reason ? `: ${reason}` : ''}`;
}

/** Who is writing. @param {string[]} names */
export function typing(names) {
  if (names.length > 3) {
    return 'Several people are writing …';
  }
  const [last, ...others] = [...names].reverse();
  const all = others.length ? `${others.reverse().join(', ')} and ${last}` : last;
  return names.length ? `${all} ${names.length > 1 ? 'are' : 'is'} writing …` : '';
}
