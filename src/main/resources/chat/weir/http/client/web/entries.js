// @ts-check
/** @import { MessageFields } from '../weir.js' */
import { dateOf } from './text.js';

const MAX_ENTRIES = 600;
const KEPT_ENTRIES = 300;
const MAX_NOTICES = 200;
/** Added to the id of a message to get the id of a notice after it; ids of messages are whole numbers. */
const AFTER = 0.5;

/**
 * A message. `id`: undefined until the server has stored it. `failure`: why it was not sent. `isUnknown`: it failed, but
 * may have been sent.
 * @typedef {{ kind: 'message', key: number, id: number | undefined, user: string, text: string, date: Date,
 *   isOwn: boolean, state: 'sent' | 'sending' | 'failed', failure?: string, isUnknown?: boolean }} MessageEntry
 */

/**
 * A line between messages, with an id between theirs.
 * @typedef {{ kind: 'notice', key: number, id: number, date: Date, text: string, isModeration: boolean }} NoticeEntry
 */

/** @typedef {MessageEntry | NoticeEntry} Entry */

let lastKey = 0;

/**
 * A message that the server has stored.
 * @param {MessageFields} message
 * @param {boolean} isOwn
 * @returns {MessageEntry}
 */
export function sentMessage({ id, user, text, timestamp }, isOwn) {
  return { kind: 'message', key: ++lastKey, id, user, text, date: dateOf(timestamp), isOwn, state: 'sent' };
}

/**
 * A message of the user that is being sent.
 * @param {string} text
 * @param {string} user
 * @returns {MessageEntry}
 */
export function pendingMessage(text, user) {
  return {
    kind: 'message', key: ++lastKey, id: undefined, user, text, date: new Date(), isOwn: true, state: 'sending',
  };
}

/** Stored messages and notices in the order of their ids, up to a maximum number. */
export class EntryList {
  /** @type {Entry[]} */
  #all = [];
  /** @type {Map<number, MessageEntry>} */
  #byId = new Map();

  get all() {
    return /** @type {ReadonlyArray<Readonly<Entry>>} */ (this.#all);
  }

  /** The ids of the messages. */
  get ids() {
    return [...this.#byId.keys()];
  }

  /** The id of the newest message; 0: there is none. */
  get newest() {
    return this.#all.findLast(({ kind }) => kind === 'message')?.id ?? 0;
  }

  /**
   * The message with this id.
   * @param {number} id
   */
  get(id) {
    return this.#byId.get(id);
  }

  /** @param {MessageEntry} entry with an id */
  insert(entry) {
    const id = entry.id ?? 0;
    let at = this.#all.length;
    while (at > 0 && (this.#all[at - 1].id ?? 0) > id) {
      at--;
    }
    this.#all.splice(at, 0, entry);
    this.#byId.set(id, entry);
  }

  /**
   * Removes a message.
   * @param {number} id
   */
  remove(id) {
    const entry = this.#byId.get(id);
    this.#byId.delete(id);
    this.#all = this.#all.filter((one) => one !== entry);
  }

  /**
   * Removes the messages of another user.
   * @param {string} user
   */
  removeMessagesOf(user) {
    for (const entry of [...this.#byId.values()]) {
      if (entry.user === user && !entry.isOwn && entry.id !== undefined) {
        this.remove(entry.id);
      }
    }
  }

  /**
   * Adds a notice after the newest entry.
   * @param {string} text
   * @param {boolean} isModeration
   */
  addNotice(text, isModeration) {
    const id = Math.floor(this.#all.at(-1)?.id ?? 0) + AFTER;
    this.#all.push({ kind: 'notice', key: ++lastKey, id, date: new Date(), text, isModeration });
    const notices = this.#all.filter(({ kind }) => kind === 'notice');
    if (notices.length > MAX_NOTICES) {
      this.#all.splice(this.#all.indexOf(notices[0]), 1);
    }
  }

  /**
   * Moves earlier notices after a message: they are about events after the first page of history was written.
   * @param {number} id of the newest message of that page
   */
  moveNoticesAfter(id) {
    for (const entry of this.#all) {
      if (entry.kind === 'notice' && entry.id < id) {
        entry.id = id + AFTER;
      }
    }
    this.#all.sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
  }

  /**
   * Drops the older half if there are too many entries.
   * @returns {{ oldest: number | undefined } | null} the oldest message that is left; null: nothing was dropped
   */
  dropOldest() {
    if (this.#all.length <= MAX_ENTRIES) {
      return null;
    }
    for (const { kind, id } of this.#all.slice(0, -KEPT_ENTRIES)) {
      if (kind === 'message' && id !== undefined) {
        this.#byId.delete(id);
      }
    }
    this.#all = this.#all.slice(-KEPT_ENTRIES);
    return { oldest: this.#all.find(({ kind }) => kind === 'message')?.id };
  }

  clear() {
    this.#all = [];
    this.#byId.clear();
  }
}
