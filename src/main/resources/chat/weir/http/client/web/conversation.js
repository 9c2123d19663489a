// @ts-check
/** @import { MessageFields } from '../weir.js' */
/** @import { MessageEntry } from './entries.js' */
/** @import { OwnNames } from './own-names.js' */
import { isPrivateChat } from './channel-id.js';
import { EntryList, pendingMessage, sentMessage } from './entries.js';
import { Mute } from './mute.js';
import { asFailure, dateOf, endText, errorText } from './text.js';

/**
 * A page of history that was asked for. `before`: undefined for the newest page.
 * @typedef {{ generation: number, before: number | undefined }} PageRequest
 */

/**
 * A channel or a private chat: its messages, its users, and what the user has not read. Changes only by its methods, and
 * knows nothing of the page.
 */
export class Conversation {
  #entries = new EntryList();
  /** @type {MessageEntry[]} */
  #pending = [];
  /** @type {readonly string[]} */
  #pair;
  /** @type {readonly string[] | null} */
  #users = null;
  #userCount = 0;
  /** @type {Set<string>} */
  #typists = new Set();
  /** @type {readonly string[]} */
  #moderators = [];
  #unread = 0;
  #isInvitation = false;
  #draft = '';
  /** @type {number | null | undefined} */
  #older = undefined;
  #isLoading = false;
  #generation = 0;
  #reconciliation = 0;
  #hasEnded = false;
  #mute = new Mute();

  /**
   * @param {string} id
   * @param {readonly string[]} [pair] the two users of a private chat
   */
  constructor(id, pair = []) {
    this.id = id;
    this.#pair = pair;
  }

  get isPrivate() {
    return isPrivateChat(this.id);
  }

  /** The messages that the server has stored, and notices, in the order in which they are shown. */
  get entries() {
    return this.#entries.all;
  }

  /** The messages that may not be stored yet, in the order in which they were sent. */
  get pending() {
    return /** @type {ReadonlyArray<Readonly<MessageEntry>>} */ (this.#pending);
  }

  /** The ids of the messages that are shown. */
  get ids() {
    return this.#entries.ids;
  }

  /** The id of the newest message; 0: there is none. */
  get newest() {
    return this.#entries.newest;
  }

  /** The two users of a private chat. */
  get pair() {
    return this.#pair;
  }

  /** The names of the users; null: too many to list, or not known yet. */
  get users() {
    return this.#users;
  }

  get userCount() {
    return this.#userCount;
  }

  get typists() {
    return [...this.#typists];
  }

  get moderators() {
    return this.#moderators;
  }

  /** The number of messages that the user has not read. */
  get unread() {
    return this.#unread;
  }

  /** Whether another user started this private chat, and the user has not looked at it yet. */
  get isInvitation() {
    return this.#isInvitation;
  }

  /** The text that the user has written but not sent. */
  get draft() {
    return this.#draft;
  }

  /** The id before which to ask for older messages; null: there are none; undefined: nothing is loaded yet. */
  get older() {
    return this.#older;
  }

  get isLoading() {
    return this.#isLoading;
  }

  /** Changes when the messages are cleared: pages that were asked for before do not count then. */
  get generation() {
    return this.#generation;
  }

  /** Whether nobody can send messages any more. */
  get hasEnded() {
    return this.#hasEnded;
  }

  get isMuted() {
    return this.#mute.isActive;
  }

  /** Until when the user is muted, in milliseconds since the epoch. */
  get muteEnd() {
    return this.#mute.end;
  }

  get muteText() {
    return this.#mute.text;
  }

  /**
   * The title for one of the two users of a private chat, or for any user of a channel.
   * @param {string} me
   */
  title(me) {
    return this.isPrivate ? this.#pair.find((name) => name !== me) ?? 'Private chat' : this.id;
  }

  /**
   * Adds a live message.
   * @param {MessageFields} message
   * @param {boolean} isOwn
   * @returns {boolean} whether it is new
   */
  receive(message, isOwn) {
    this.#typists.delete(message.user);
    if (this.#entries.get(message.id)) {
      return false;
    }
    const { user, text } = message;
    const pending = this.#pending.find((one) => one.state === 'sending' && one.user === user && one.text === text);
    if (pending) {
      this.#store(pending, message);
      return false;
    }
    this.#entries.insert(sentMessage(message, isOwn));
    this.#dropOldest();
    return true;
  }

  /**
   * Asks for the next older page.
   * @returns {PageRequest | null} null: it is loading already, or there are no older messages
   */
  startLoading() {
    if (this.#isLoading || this.#older === null) {
      return null;
    }
    this.#isLoading = true;
    return { generation: this.#generation, before: this.#older };
  }

  /** @param {PageRequest} request which is answered, or failed */
  endLoading({ generation }) {
    if (generation === this.#generation) {
      this.#isLoading = false;
    }
  }

  /**
   * Adds a page of history.
   * @param {PageRequest} request
   * @param {{ messages: readonly MessageFields[], next?: number }} page
   * @param {Pick<OwnNames, 'isOwn'>} names the user's
   */
  addPage({ generation }, { messages, next }, names) {
    if (generation !== this.#generation) {
      return;
    }
    if (this.#older === undefined) {
      this.#entries.moveNoticesAfter(messages.at(-1)?.id ?? 0);
    }
    for (const message of messages) {
      if (!this.#entries.get(message.id)) {
        this.#entries.insert(sentMessage(message, names.isOwn(message.user, message.id)));
      }
    }
    this.#older = next ?? null;
  }

  /** Starts to compare the messages with the server's. @returns {number} the comparison; only the last one counts */
  startReconciliation() {
    this.#reconciliation += 1;
    return this.#reconciliation;
  }

  /** @param {number} reconciliation */
  isCurrentReconciliation(reconciliation) {
    return reconciliation === this.#reconciliation;
  }

  /**
   * Removes messages that were deleted, and updates those that were edited.
   * @param {readonly number[]} ids that were compared
   * @param {ReadonlyMap<number, string>} existing the texts of those that the server has
   */
  reconcile(ids, existing) {
    for (const id of ids) {
      const text = existing.get(id);
      if (text === undefined) {
        this.remove(id);
      } else {
        this.edit(id, text);
      }
    }
  }

  /**
   * Adds a message that is being sent.
   * @param {string} text
   * @param {string} user
   * @returns {Readonly<MessageEntry>}
   */
  addPending(text, user) {
    const entry = pendingMessage(text, user);
    this.#pending.push(entry);
    return entry;
  }

  /**
   * The server has stored a message that was being sent.
   * @param {Readonly<MessageEntry>} entry
   * @param {{ id: number, timestamp: number }} acknowledgement
   */
  confirm(entry, acknowledgement) {
    const pending = this.#pending.find((one) => one === entry);
    if (!pending) {
      return;
    }
    const known = this.#entries.get(acknowledgement.id);
    if (known) {
      known.isOwn = true;
      this.discard(entry);
    } else {
      this.#store(pending, acknowledgement);
    }
  }

  /**
   * A message that was being sent was refused, or got no answer.
   * @param {Readonly<MessageEntry>} entry
   * @param {unknown} error
   */
  fail(entry, error) {
    const { reason, retryAfter } = asFailure(error);
    const text = errorText(error);
    const pending = this.#pending.find((one) => one === entry);
    if (pending) {
      Object.assign(pending, { state: 'failed', failure: text, isUnknown: reason === 'unknown' });
    }
    if (reason === 'muted' && retryAfter) {
      this.#mute.refused(retryAfter, text.replace(/\.$/, ''));
    }
  }

  /**
   * Removes a message that was not sent.
   * @param {Readonly<MessageEntry>} entry
   */
  discard(entry) {
    this.#pending = this.#pending.filter((one) => one !== entry);
  }

  /**
   * Removes a message.
   * @param {number} id
   */
  remove(id) {
    this.#entries.remove(id);
  }

  /**
   * Changes the text of a message that is shown.
   * @param {number} id
   * @param {string} text
   */
  edit(id, text) {
    const entry = this.#entries.get(id);
    if (entry) {
      entry.text = text;
    }
  }

  /**
   * Removes the messages of another user from the view.
   * @param {string} user
   */
  removeMessagesOf(user) {
    this.#entries.removeMessagesOf(user);
  }

  /**
   * Adds a notice after the newest message.
   * @param {string} text
   * @param {{ isModeration?: boolean }} [options]
   */
  addNotice(text, { isModeration = false } = {}) {
    this.#entries.addNotice(text, isModeration);
  }

  /** Forgets all messages, to load them again. */
  clear() {
    this.#entries.clear();
    this.#older = undefined;
    this.#isLoading = false;
    this.#generation += 1;
  }

  /**
   * A user has another name.
   * @param {string} from
   * @param {string} to
   */
  rename(from, to) {
    this.#pair = this.#pair.map((name) => (name === from ? to : name));
    this.#typists.delete(from);
  }

  /**
   * @param {unknown} users the names, if the server lists them
   * @param {number} count
   */
  setUsers(users, count) {
    this.#users = Array.isArray(users) ? users : null;
    this.#userCount = count;
  }

  /** @param {readonly string[]} names */
  setModerators(names) {
    this.#moderators = names;
  }

  /**
   * @param {string} user
   * @param {boolean} isModerator
   */
  setModerator(user, isModerator) {
    const others = this.#moderators.filter((name) => name !== user);
    this.#moderators = isModerator ? [...others, user] : others;
  }

  /** @param {string} user */
  startTyping(user) {
    this.#typists.add(user);
  }

  /** @param {string} user */
  stopTyping(user) {
    this.#typists.delete(user);
  }

  /** The connection is lost: nobody is known to type. */
  stopAllTyping() {
    this.#typists.clear();
  }

  /** A message arrived that the user does not see. */
  addUnread() {
    this.#unread += 1;
  }

  /** The user sees all messages. */
  markRead() {
    this.#unread = 0;
  }

  /** Another user started this private chat. */
  invite() {
    this.#isInvitation = true;
  }

  /** The user has opened the conversation. */
  acceptInvitation() {
    this.#isInvitation = false;
  }

  /** @param {readonly string[]} pair */
  setPair(pair) {
    this.#pair = pair;
  }

  /** @param {string} draft */
  setDraft(draft) {
    this.#draft = draft;
  }

  /** The private chat is over. */
  end() {
    this.#hasEnded = true;
  }

  /**
   * The user is muted.
   * @param {number | undefined} seconds undefined: for good
   * @param {string} text
   */
  mute(seconds, text) {
    this.#mute.start(seconds, seconds ? `${text} (until ${endText(seconds)})` : text);
  }

  unmute() {
    this.#mute.stop();
  }

  /**
   * @param {MessageEntry} entry
   * @param {{ id: number, timestamp: number }} acknowledgement
   */
  #store(entry, { id, timestamp }) {
    this.discard(entry);
    Object.assign(entry, { id, date: dateOf(timestamp), state: 'sent' });
    this.#entries.insert(entry);
  }

  /** Drops the older half of very many messages. They are loaded again when the user scrolls up. */
  #dropOldest() {
    const dropped = this.#entries.dropOldest();
    if (dropped) {
      this.#older = dropped.oldest;
    }
  }
}
