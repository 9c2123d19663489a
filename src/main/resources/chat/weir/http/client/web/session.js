import { Weir } from '../weir.js';
import { Conversation } from './conversation.js';
import { listen } from './events.js';
import { getToKnow, loadOlder } from './loading.js';
import { Names, claim, nextId } from './names.js';
import { faultOf, socketUrl } from './channels.js';
import { refused } from './mutes.js';

/**
 * One's presence on the server: the connection, who one is there, and the conversations.
 *
 * The page is told of changes by `page`: `changed()`, `ended({text, isLoginOver})` when there is no
 * coming back by itself, `lost(error)` when the name could not be had again, `state(state)`
 * as the connection's, and `said(text)` for what there is to know.
 */
export class Session {
  me = '';
  /** Whether the name is confirmed, so that others hear what one says. */
  confirmed = false;
  isAdmin = false;
  isAccount = false;
  /** Whether one has been let in: before that, what goes wrong is told to who wants to enter. */
  hasEntered = false;
  /** The last refusal before that: a close says less about why. */
  refusal = null;
  conversations = new Map();
  active = null;
  /** The last measure that sends away: why a connection ended. */
  sentAway = null;
  /** How it ends, if that is one's own doing. */
  farewell = null;

  /** @param {{api, config, identity, page}} surroundings */
  constructor(surroundings, channel) {
    Object.assign(this, surroundings);
    this.home = channel;
    this.weir = new Weir(socketUrl(channel));
    this.add(channel);
    this.active = this.conversations.get(channel);
    this.names = new Names(this.identity.guest?.had);
    listen(this);
  }

  /**
   * Connects and takes the name; done when it is had, though a guest's is confirmed some seconds later.
   * @param {{name: string, resume?: string}|{token: string}} who
   */
  async enter(who) {
    await this.weir.connect();
    if (who.token) {
      this.isAccount = true;
      const { user } = await this.weir.login({ token: who.token });
      this.names = new Names();
      this.names.take(user);
      this.call(user);
    } else {
      await this.#identify(who);
    }
    this.hasEntered = true;
    loadOlder(this, this.active);
  }

  /** Goes, and does not come back. */
  close() {
    this.hasEntered = false;
    this.weir.close();
  }

  /** Takes a name as a guest, or another one; done when the server has given it. */
  async #identify({ name, resume }) {
    const user = name.trim().normalize('NFC');
    const from = resume && this.names.has(user) ? 0 : await nextId(this.weir);
    await claim(this.weir, name, resume);
    this.names.take(user, from);
    this.call(user);
  }

  /** Takes another name. */
  rename(name) {
    return this.#identify({ name });
  }

  /** Goes by this name from now on. */
  call(user) {
    this.conversations.forEach((one) => one.rename(this.me, user));
    this.me = user;
    this.remember();
    this.page.changed();
  }

  remember() {
    if (!this.isAccount) {
      this.identity.guest = { name: this.me, resume: this.weir.resume ?? undefined, had: this.names.had };
    }
    this.identity.open = [...this.conversations.values()].filter((one) => !one.ended).map(({ id, pair }) => ({ id, users: pair }));
  }

  /** The conversation of this id; a new one if there is none. */
  add(id, pair) {
    const known = this.conversations.get(id);
    if (known && !known.ended) {
      return known;
    }
    const conversation = new Conversation(id, pair);
    this.conversations.set(id, conversation);
    return conversation;
  }

  /** Opens a conversation, joining its channel if need be; whether it is still to be shown is asked after that. */
  async open(id, isMeant = () => true) {
    if (!this.conversations.has(id)) {
      const wrong = faultOf(id);
      if (wrong) {
        throw new Error(wrong);
      }
      await this.join(id);
    }
    if (isMeant()) {
      this.show(this.conversations.get(id));
    }
  }

  async join(id, pair) {
    await this.weir.join(id);
    getToKnow(this, this.add(id, pair));
    this.remember();
  }

  show(conversation) {
    this.active = conversation;
    this.seen();
    if (conversation.older === undefined) {
      loadOlder(this, conversation);
    }
    this.page.changed();
  }

  /** Whoever looks at the page has read what is on it. */
  seen() {
    if (!document.hidden && this.active.unread > 0) {
      this.active.unread = 0;
      this.page.changed();
    }
  }

  /** Whether a conversation is before somebody's eyes. */
  isSeen(conversation) {
    return conversation === this.active && !document.hidden;
  }

  async chatWith(user) {
    const { channel, users } = await this.weir.private(user, { channel: this.active.id });
    this.add(channel, users);
    this.show(this.conversations.get(channel));
  }

  async leave(conversation) {
    if (!conversation.ended) {
      await this.weir.leave(conversation.id);
    }
    this.remove(conversation.id);
  }

  remove(id) {
    this.conversations.delete(id);
    this.remember();
    if (this.active.id === id) {
      this.show(this.conversations.get(this.home));
    }
    this.page.changed();
  }

  say(conversation, text) {
    const entry = conversation.addPending(text, this.me);
    this.weir
      .send(text, { channel: conversation.id })
      .then((ack) => conversation.confirm(entry, ack), (error) => refused(conversation, entry, error))
      .finally(() => this.page.changed());
    this.page.changed();
  }

  /** Whether one may take measures here. */
  moderates(conversation) {
    return !conversation.isPrivate && (this.isAdmin || conversation.moderators.includes(this.me));
  }
}
