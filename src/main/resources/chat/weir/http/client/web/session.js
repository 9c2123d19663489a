// @ts-check
/** @import { Envelope, StateEvent, Weir } from '../weir.js' */
/** @import { Api } from './api.js' */
/** @import { Identity } from './identity.js' */
/** @import { Failure } from './text.js' */
import { channelIdError, isPrivateChat } from './channel-id.js';
import { Conversation } from './conversation.js';
import { handleEvents } from './events.js';
import { loadOlder } from './history.js';
import { OwnNames, claimName, nextMessageId } from './own-names.js';

/**
 * Why a session ended. `isLoginOver`: the login cannot be used again.
 * @typedef {{ text: string, isLoginOver?: boolean }} SessionEnd
 */

/**
 * Who enters: a guest or the holder of a token.
 * @typedef {{ name: string, resume?: string, token?: undefined } | { token: string }} Credentials
 */

/**
 * The page, as a session knows it.
 * @typedef {object} SessionPage
 * @property {() => void} changed something that is shown may have changed
 * @property {(text: string, kind?: 'good' | 'bad') => void} notify
 * @property {(state: StateEvent) => void} connectionChanged
 * @property {(error: unknown) => void} nameLost the name could not be restored after a lost connection
 * @property {(end: SessionEnd) => void} ended the session does not come back by itself
 */

/**
 * @typedef {object} SessionContext
 * @property {Weir} weir
 * @property {Api} api
 * @property {Identity} identity
 * @property {SessionPage} page
 * @property {() => boolean} isPageVisible
 */

/** The user's stay on the server: their name and their conversations. Changes only by its methods. */
export class Session {
  #weir;
  #api;
  #identity;
  #page;
  #isPageVisible;
  #me = '';
  #isAccount = false;
  #isAdmin = false;
  #isConfirmed = false;
  #wasConfirmed = false;
  #hasEntered = false;
  /** @type {Failure | null} */
  #refusal = null;
  /** @type {Envelope | null} */
  #removal = null;
  /** @type {SessionEnd | null} */
  #expectedEnd = null;
  /** @type {Map<string, Conversation>} */
  #conversations = new Map();
  #active;
  #names;

  /**
   * @param {SessionContext} context
   * @param {string} channel of the connection
   */
  constructor({ weir, api, identity, page, isPageVisible }, channel) {
    this.#weir = weir;
    this.#api = api;
    this.#identity = identity;
    this.#page = page;
    this.#isPageVisible = isPageVisible;
    this.home = channel;
    this.#active = this.add(channel);
    this.#names = new OwnNames(identity.guest?.names);
    handleEvents(this);
  }

  get weir() {
    return this.#weir;
  }

  get api() {
    return this.#api;
  }

  get page() {
    return this.#page;
  }

  /** The user's name. */
  get me() {
    return this.#me;
  }

  get isAccount() {
    return this.#isAccount;
  }

  get isAdmin() {
    return this.#isAdmin;
  }

  /** Whether the server has confirmed the name, so that messages are sent. */
  get isConfirmed() {
    return this.#isConfirmed;
  }

  /** Whether the user has a name. Before, errors are shown where the user enters. */
  get hasEntered() {
    return this.#hasEntered;
  }

  /** The last error before the user entered; the close that follows says less. */
  get refusal() {
    return this.#refusal;
  }

  /** The last kick or ban of the user, the reason for a close that follows. */
  get removal() {
    return this.#removal;
  }

  /** How the session ends if the user ends it. */
  get expectedEnd() {
    return this.#expectedEnd;
  }

  get names() {
    return this.#names;
  }

  /** @returns {ReadonlyMap<string, Conversation>} */
  get conversations() {
    return this.#conversations;
  }

  /** The conversation that is shown. */
  get active() {
    return this.#active;
  }

  get blocked() {
    return this.#identity.blocked;
  }

  /**
   * Connects and takes the name.
   * @param {Credentials} credentials
   * @returns {Promise<void>} when the user has the name; the server confirms a guest's some seconds later
   */
  async enter(credentials) {
    await this.#weir.connect();
    if (credentials.token !== undefined) {
      this.#isAccount = true;
      const { user } = await this.#weir.login({ token: credentials.token });
      this.#names = new OwnNames();
      this.#names.take(user);
      this.#setName(user);
    } else {
      await this.#identify(credentials.name, credentials.resume);
    }
    this.#hasEntered = true;
    loadOlder(this, this.#active);
  }

  /** Ends the session. */
  close() {
    this.#hasEntered = false;
    this.#weir.close();
  }

  /**
   * Takes another name as a guest.
   * @param {string} name
   */
  rename(name) {
    return this.#identify(name);
  }

  /**
   * @param {string} name
   * @param {string} [resume]
   */
  async #identify(name, resume) {
    const user = name.trim().normalize('NFC');
    const from = resume && this.#names.isCurrent(user) ? 0 : await nextMessageId(this.#weir);
    await claimName(this.#weir, name, resume);
    this.#names.take(user, from);
    this.#setName(user);
  }

  /** @param {string} user */
  #setName(user) {
    this.#conversations.forEach((one) => one.rename(this.#me, user));
    this.#me = user;
    this.#remember();
    this.#page.changed();
  }

  /** Remembers the guest and the open conversations for a reload. */
  #remember() {
    if (!this.#isAccount) {
      const { resume } = this.#weir;
      this.#identity.guest = { name: this.#me, resume: resume ?? undefined, names: [...this.#names.periods] };
    }
    this.#identity.open = [...this.#conversations.values()]
      .filter((one) => !one.hasEnded)
      .map(({ id, pair }) => ({ id, users: pair }));
  }

  /**
   * The server has confirmed the name, for the first time or again.
   * @param {string} user
   * @returns {boolean} whether it is the first time
   */
  confirm(user) {
    const isFirst = !this.#wasConfirmed;
    this.#wasConfirmed = true;
    this.#isConfirmed = true;
    this.#setName(user);
    return isFirst;
  }

  /** The name has to be confirmed again. */
  unconfirm() {
    this.#isConfirmed = false;
  }

  /** The connection is lost. */
  connectionLost() {
    this.unconfirm();
    this.#conversations.forEach((one) => one.stopAllTyping());
  }

  /** Learns whether the account is an admin. */
  async loadRole() {
    const { role } = await this.#api.me().catch(() => ({ role: 'member' }));
    this.#isAdmin = role === 'admin';
  }

  /** @param {Failure} error */
  refused(error) {
    this.#refusal = error;
  }

  /**
   * The user was kicked or banned.
   * @param {Envelope} envelope
   */
  removed(envelope) {
    this.#removal = envelope;
  }

  /** The user has been told of the kick or the ban. */
  removalShown() {
    this.#removal = null;
  }

  /**
   * The conversation with this id; a new one if there is none, or it has ended.
   * @param {string} id
   * @param {readonly string[]} [pair] the two users of a private chat
   */
  add(id, pair) {
    const known = this.#conversations.get(id);
    if (known && !known.hasEnded) {
      return known;
    }
    const conversation = new Conversation(id, pair);
    this.#conversations.set(id, conversation);
    return conversation;
  }

  /**
   * Another user has started a private chat, or the user has. It is added to the list, and does not replace the
   * conversation that is shown.
   * @param {string} id
   * @param {readonly string[]} pair
   */
  invited(id, pair) {
    const isNew = this.#conversations.get(id)?.hasEnded ?? true;
    const conversation = this.add(id, pair);
    conversation.setPair(pair);
    this.#remember();
    if (isNew) {
      this.loadUsers(conversation);
      conversation.invite();
    }
    this.#page.changed();
  }

  /**
   * Shows a conversation, and joins its channel if necessary.
   * @param {string} id
   * @param {() => boolean} [isWanted] asked after joining: whether it is still to be shown
   */
  async open(id, isWanted = () => true) {
    if (!this.#conversations.has(id)) {
      const error = channelIdError(id);
      if (error) {
        throw new Error(error);
      }
      await this.join(id);
    }
    const conversation = this.#conversations.get(id);
    if (conversation && isWanted()) {
      this.show(conversation);
    }
  }

  /**
   * @param {string} id
   * @param {readonly string[]} [pair]
   */
  async join(id, pair) {
    await this.#weir.join(id);
    this.loadUsers(this.add(id, pair));
    this.#remember();
  }

  /**
   * Shows a conversation.
   * @param {Conversation} conversation
   */
  show(conversation) {
    this.#active = conversation;
    this.markRead();
    if (conversation.older === undefined) {
      loadOlder(this, conversation);
    }
    this.#page.changed();
  }

  /** The conversation that is shown has been read, if the page is visible. */
  markRead() {
    if (this.#isPageVisible() && this.#active.unread > 0) {
      this.#active.markRead();
      this.#page.changed();
    }
  }

  /**
   * Whether the user sees a conversation.
   * @param {Conversation} conversation
   */
  isVisible(conversation) {
    return conversation === this.#active && this.#isPageVisible();
  }

  /**
   * Asks who is in a conversation, and who moderates it.
   * @param {Conversation} conversation
   */
  loadUsers(conversation) {
    const { id } = conversation;
    this.#weir.request('users', { channel: id }).catch(() => {});
    if (this.#isAccount && !isPrivateChat(id)) {
      this.#api.moderators(id).then((names) => {
        conversation.setModerators(names);
        this.#page.changed();
      }, () => {});
    }
  }

  /**
   * Starts a private chat.
   * @param {string} user
   */
  async startPrivateChat(user) {
    const { channel, users } = await this.#weir.private(user, { channel: this.#active.id });
    this.show(this.add(channel, users));
  }

  /**
   * Leaves a conversation.
   * @param {Conversation} conversation
   */
  async leave(conversation) {
    if (!conversation.hasEnded) {
      await this.#weir.leave(conversation.id);
    }
    this.remove(conversation.id);
  }

  /**
   * The private chat is over; its messages stay until the user leaves.
   * @param {Conversation} conversation
   */
  endPrivateChat(conversation) {
    conversation.end();
    conversation.addNotice('This private chat has ended.');
    this.#remember();
  }

  /**
   * The user is not in this conversation any more.
   * @param {string} id
   */
  remove(id) {
    this.#conversations.delete(id);
    this.#remember();
    if (this.#active.id === id) {
      this.show(this.add(this.home));
    }
    this.#page.changed();
  }

  /**
   * Sends a message.
   * @param {Conversation} conversation
   * @param {string} text
   */
  send(conversation, text) {
    const entry = conversation.addPending(text, this.#me);
    this.#weir
      .send(text, { channel: conversation.id })
      .then((acknowledgement) => conversation.confirm(entry, acknowledgement), (error) => conversation.fail(entry, error))
      .finally(() => this.#page.changed());
    this.#page.changed();
  }

  /**
   * Whether the user may moderate a conversation.
   * @param {Conversation} conversation
   */
  moderates(conversation) {
    return !conversation.isPrivate && (this.#isAdmin || conversation.moderators.includes(this.#me));
  }

  /**
   * Blocks a user, whose messages disappear, or unblocks them.
   * @param {string} user
   * @param {boolean} isBlocked
   */
  async block(user, isBlocked) {
    await this.#weir.request(isBlocked ? 'block' : 'unblock', { user });
    const others = this.#identity.blocked.filter((name) => name !== user);
    this.#identity.blocked = isBlocked ? [...others, user] : others;
    this.#conversations.forEach((one) => (isBlocked ? one.removeMessagesOf(user) : one.clear()));
    loadOlder(this, this.#active);
    this.#page.changed();
    this.#page.notify(isBlocked ? `You blocked ${user}.` : `You unblocked ${user}.`, 'good');
  }

  /** Deletes the account. The server closes the connection, perhaps before it answers. */
  async deleteAccount() {
    const end = { text: 'Your account is deleted.', isLoginOver: true };
    this.#expectedEnd = end;
    try {
      await this.#api.deleteAccount();
    } catch (error) {
      this.#expectedEnd = null;
      throw error;
    }
    if (this.#hasEntered) {
      this.#page.ended(end);
    }
  }
}
