import { dateOf } from './words.js';

/** What is known of one conversation. Nothing of the page in it. */

const MOST_KEPT = 600;
const KEPT = 300;
const MOST_NOTICES = 200;
/** Added to a message's id for what is shown after it; ids are whole numbers. */
const AFTER = 0.5;

let keys = 0;

/**
 * A channel or a private chat: what was said there, who is there, who writes, how much is unread.
 *
 * Its entries are messages `{key, id, user, text, date, own, state}` and notices `{key, id, date, notice}`, in the order
 * in which they are shown. A message's state is `said`, `sending` or `failed` (then with `why`); a notice has an id
 * between those of the messages around it.
 */
export class Conversation {
  entries = [];
  /** Sent, and not known to be stored. */
  pending = [];
  /** Names; null: too many to list, or not known yet. */
  users = null;
  count = 0;
  typists = new Set();
  unread = 0;
  draft = '';
  /** The id to ask for older ones with; null: there are none; undefined: nothing has been loaded yet. */
  older = undefined;
  loading = false;
  /** Changes when everything is forgotten: what was asked for before does not belong here. */
  generation = 0;
  /** How often it was asked what was deleted while one was away: only the last time counts. */
  reconciling = 0;
  moderators = [];
  /** Nobody can say anything here any more. */
  ended = false;
  /** Until when one is muted here, in ms; 0: one is not. */
  mutedUntil = 0;
  muteText = '';

  #ids = new Map();

  /**
   * @param {string} id
   * @param {string[]} pair of a private chat: whose it is
   */
  constructor(id, pair = []) {
    this.id = id;
    this.pair = pair;
  }

  get isPrivate() {
    return this.id.startsWith('@');
  }

  /** How it is called by one of the two, or by anybody. */
  title(me) {
    return this.isPrivate ? this.pair.find((name) => name !== me) ?? 'Private chat' : this.id;
  }

  /** Takes in a live message. @returns {boolean} whether it is new */
  receive(envelope, own) {
    this.typists.delete(envelope.user);
    if (this.#ids.has(envelope.id)) {
      return false;
    }
    const { user, text } = envelope;
    const mine = this.pending.findIndex((one) => one.state === 'sending' && one.user === user && one.text === text);
    if (mine >= 0) {
      this.#say(this.pending[mine], envelope);
      return false;
    }
    this.#insert(said(envelope, own));
    this.#forgetOldest();
    return true;
  }

  /** Takes in a page of history. @param {Names} names one's own */
  addHistory(messages, next, names) {
    if (this.older === undefined) {
      this.#putNoticesAfter(messages.at(-1)?.id ?? 0);
    }
    messages.filter(({ id }) => !this.#ids.has(id)).forEach((one) => this.#insert(said(one, names.own(one.user, one.id))));
    this.older = next ?? null;
  }

  /** The ids of the messages that are shown. */
  get ids() {
    return [...this.#ids.keys()];
  }

  /** Drops those of some messages that the server no longer has. @param {Set<number>} there what it has */
  reconcile(ids, there) {
    ids.filter((id) => !there.has(id)).forEach((id) => this.remove(id));
  }

  /** Says something that is on its way. @returns its entry */
  addPending(text, user) {
    const entry = { key: ++keys, id: undefined, user, text, date: new Date(), own: true, state: 'sending' };
    this.pending.push(entry);
    return entry;
  }

  /** What was on its way is stored. */
  confirm(entry, ack) {
    if (entry.id !== undefined) {
      return;
    }
    if (this.#ids.has(ack.id)) {
      this.#ids.get(ack.id).own = true;
      this.drop(entry);
      return;
    }
    this.#say(entry, ack);
  }

  /** What was on its way will not arrive; or whether it has is not known. */
  fail(entry, why, isUnknown) {
    Object.assign(entry, { state: 'failed', why, isUnknown });
  }

  /** Takes back what did not arrive. */
  drop(entry) {
    this.pending = this.pending.filter((one) => one !== entry);
  }

  /** A message is gone. */
  remove(id) {
    const entry = this.#ids.get(id);
    this.#ids.delete(id);
    this.entries = this.entries.filter((one) => one !== entry);
  }

  /** All that somebody said is gone from the view. */
  removeAllOf(user) {
    this.entries.filter((entry) => entry.user === user && !entry.own).forEach((entry) => this.remove(entry.id));
  }

  /** Something happened that is worth a quiet line. */
  note(text, kind = '') {
    const id = Math.floor(this.entries.at(-1)?.id ?? 0) + AFTER;
    this.entries.push({ key: ++keys, id, date: new Date(), notice: text, kind });
    const notices = this.entries.filter((entry) => entry.notice !== undefined);
    if (notices.length > MOST_NOTICES) {
      this.entries.splice(this.entries.indexOf(notices[0]), 1);
    }
  }

  /** Forgets all that was said, to be loaded anew. */
  clear() {
    this.entries = [];
    this.#ids.clear();
    this.older = undefined;
    this.loading = false;
    this.generation++;
  }

  /** A private chat's other has another name. */
  rename(from, to) {
    this.pair = this.pair.map((name) => (name === from ? to : name));
    this.typists.delete(from);
  }

  /** What happened before anything was loaded happened after what is in the newest page. */
  #putNoticesAfter(id) {
    this.entries.filter((entry) => entry.id < id).forEach((entry) => Object.assign(entry, { id: id + AFTER }));
  }

  /** The id of the newest message; 0: there is none. */
  get newest() {
    return this.entries.findLast((entry) => entry.notice === undefined)?.id ?? 0;
  }

  #say(entry, { id, timestamp }) {
    this.drop(entry);
    Object.assign(entry, { id, date: dateOf(timestamp), state: 'said' });
    this.#insert(entry);
  }

  #insert(entry) {
    let at = this.entries.length;
    while (at > 0 && this.entries[at - 1].id > entry.id) {
      at--;
    }
    this.entries.splice(at, 0, entry);
    this.#ids.set(entry.id, entry);
  }

  /** Of very many the older half is dropped, to be loaded again by who scrolls up. */
  #forgetOldest() {
    if (this.entries.length <= MOST_KEPT) {
      return;
    }
    this.entries.slice(0, -KEPT).forEach((entry) => this.#ids.delete(entry.id));
    this.entries = this.entries.slice(-KEPT);
    this.older = this.entries.find((entry) => entry.notice === undefined).id;
  }
}

function said({ id, user, text, timestamp }, own) {
  return { key: ++keys, id, user, text, date: dateOf(timestamp), own, state: 'said' };
}
