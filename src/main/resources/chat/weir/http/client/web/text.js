// @ts-check
/** @import { Envelope } from '../weir.js' */
/** The texts of the page: dates, errors, moderation actions. */

/**
 * What the page reads of an error: one of weir.js, of the HTTP API, or of its own. The reason and the code decide;
 * `message` is only shown. `field`: the input of a dialog that the error belongs to.
 * @typedef {{ message?: string, code?: number, reason?: string, retryAfter?: number, type?: string, field?: string }} Failure
 */

const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const LONG_DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const DATE_AND_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' });
/** @type {Array<[string, number]>} */
const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];
const MS_PER_DAY = 86_400_000;
const DAYS_WITHOUT_YEAR = 180;
const LAST_DATE_MS = 8.64e15;

export const NO_NAME = 'Choose a name.';
export const NAME_RULE = 'A name has 1 to 32 letters, digits, _ - or . and no spaces, and uses one alphabet only.';
export const SESSION_ENDED = 'Your login has ended. Log in again.';

const TAKEN = 'This name is taken. Choose another one.';
const REGISTERED = 'This name belongs to an account. Log in, or choose another name.';

/**
 * Texts for a refused `identity`, by reason.
 * @type {Record<string, string>}
 */
const IDENTITY_ERRORS = {
  taken: TAKEN,
  registered: REGISTERED,
  invalid: NAME_RULE,
  banned: 'You are banned from this channel.',
};

/**
 * Texts that replace the server's, by reason.
 * @type {Record<string, string>}
 */
const ERRORS = {
  name_taken: TAKEN,
  name_registered: REGISTERED,
  invalid_name: NAME_RULE,
  wrong_credentials: 'Wrong name or password.',
  unavailable: 'The server is not available. Try again in a moment.',
};

const SANCTIONS = ['banned', 'muted'];

/**
 * @param {unknown} error
 * @returns {Failure}
 */
export const asFailure = (error) => Object(error);

/**
 * Always a valid date, whatever the server sent.
 * @param {number} seconds since the epoch
 */
export const dateOf = (seconds) => new Date(Math.min(Math.max(0, seconds * 1_000 || 0), LAST_DATE_MS));

/** @param {Date} date */
export const timeText = (date) => TIME.format(date);

/** @param {Date} date */
export const dateAndTimeText = (date) => DATE_AND_TIME.format(date);

/**
 * `Today`, `Yesterday`, or the date.
 * @param {Date} date
 */
export function dayText(date) {
  const midnight = (/** @type {Date} */ of) => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();
  const daysAgo = Math.round((midnight(new Date()) - midnight(date)) / MS_PER_DAY);
  if (daysAgo === 0 || daysAgo === 1) {
    return daysAgo === 0 ? 'Today' : 'Yesterday';
  }
  return (daysAgo < DAYS_WITHOUT_YEAR ? DAY : LONG_DAY).format(date);
}

/**
 * The time in so many seconds: `18:13`, with the date if it is another day.
 * @param {number} seconds
 */
export function endText(seconds) {
  const end = new Date(Date.now() + seconds * 1_000);
  return end.toDateString() === new Date().toDateString() ? timeText(end) : dateAndTimeText(end);
}

/**
 * `10 minutes`, `1 day`; 5,400 seconds are `90 minutes`.
 * @param {number} seconds
 */
export function durationText(seconds) {
  const [unit, size] = UNITS.find(([, length]) => seconds >= length && seconds % length === 0) ?? ['second', 1];
  return countText(seconds / size, unit);
}

/**
 * `1 person`, `3 messages`.
 * @param {number} number
 * @param {string} one
 * @param {string} [many]
 */
export const countText = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

/**
 * With a capital letter, and punctuation at the end.
 * @param {string} text
 */
function sentence(text) {
  const capitalized = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(capitalized) ? capitalized : `${capitalized}.`;
}

/**
 * An error as a sentence. Known reasons have texts of the page; for others it shows the message.
 * @param {unknown} error
 */
export function errorText(error) {
  const { reason = '', retryAfter, type, message } = asFailure(error);
  const known = type === 'identity' ? IDENTITY_ERRORS : ERRORS;
  if (Object.hasOwn(known, reason)) {
    return known[reason];
  }
  if (reason === 'rate_limited') {
    const wait = retryAfter ? countText(Math.ceil(retryAfter), 'second') : 'a moment';
    return `Too many requests. Wait ${wait}.`;
  }
  const text = sentence(String(message || 'something went wrong'));
  return retryAfter && SANCTIONS.includes(reason) ? `${text.slice(0, -1)} (until ${endText(retryAfter)}).` : text;
}

/**
 * What an actor did to a user, by the type of the envelope.
 * @type {Record<string, (user: string, envelope: Envelope) => string>}
 */
const ACTIONS = {
  kick: (user) => `kicked ${user}`,
  mute: (user) => `muted ${user}`,
  unmute: (user) => `unmuted ${user}`,
  ban: (user) => `banned ${user}`,
  unban: (user) => `unbanned ${user}`,
  role: (user, { role }) =>
    role === 'moderator' ? `made ${user} a moderator` : `removed ${user} from the moderators`,
};

/** The types of envelopes about moderation. */
export const MODERATION_TYPES = Object.keys(ACTIONS);

/**
 * `mia muted bob for 10 minutes: no advertising`.
 * @param {Envelope} envelope
 * @param {string} me the name of the reader
 */
export function moderationText(envelope, me) {
  const { type, user, by, reason, duration, channel } = envelope;
  const action = ACTIONS[type](user === me ? 'you' : user, envelope);
  const time = duration ? ` for ${durationText(duration)}` : '';
  const where = channel === '*' ? ' everywhere' : '';
  return `${by === me ? 'You' : by} ${action}${where}${time}${reason ? `: ${reason}` : ''}`;
}

/**
 * Why the reader is no longer in a channel.
 * @param {Envelope} envelope of the kick or the ban
 * @param {string} channel
 */
export function removalText({ type, by, duration, reason }, channel) {
  const action = type === 'kick' ? 'kicked you from' : 'banned you from';
  const time = duration ? ` until ${endText(duration)}` : '';
  return `${by} ${action} ${channel}${time}${reason ? `: ${reason}` : ''}`;
}

/**
 * `bob joined`. Of an event that is new to this page it shows the server's text.
 * @param {Envelope} notification
 */
export function notificationText({ event, user, from, text }) {
  switch (event) {
    case 'joined':
      return `${user} joined`;
    case 'left':
      return `${user} left`;
    case 'renamed':
      return `${from} is now ${user}`;
    default:
      return String(text);
  }
}

/**
 * Who is typing.
 * @param {readonly string[]} names
 */
export function typingText(names) {
  if (names.length > 3) {
    return 'Several people are typing …';
  }
  if (names.length < 2) {
    return names.length === 0 ? '' : `${names[0]} is typing …`;
  }
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are typing …`;
}
