// @ts-check
/** @import { StateEvent } from '../weir.js' */
/** @import { Config } from './api.js' */
/** @import { Conversation } from './conversation.js' */
/** @import { MenuItem } from './menu.js' */
/** @import { Session, SessionEnd } from './session.js' */
import { channelIdFromHash, encodeChannelId, normalizeChannelId } from './channel-id.js';
import { Composer } from './composer.js';
import { showConversations } from './conversation-list.js';
import { $ } from './dom.js';
import { loadOlder } from './history.js';
import { closeDrawers, closingDrawers, connectDrawers, showTitle } from './layout.js';
import { showMenu } from './menu.js';
import { MessageList } from './message-list.js';
import { messageItems, resend } from './message-menu.js';
import { Status } from './status.js';
import { SESSION_ENDED, errorText, typingText } from './text.js';
import { showUsers } from './user-list.js';

const MIN_RENDER_INTERVAL_MS = 40;

/** The page with the chat: shows a session, and passes the user's actions on to it. */
export class ChatPage {
  #actions;
  /** @type {Session | null} */
  #session = null;
  #isRenderPlanned = false;
  /** @type {Conversation | null} */
  #shown = null;
  #renderedAt = 0;
  #requestedChannel = '';
  #status = new Status(() => this.#session?.weir.probe());
  #messages;
  #composer;

  /**
   * @param {Config} config
   * @param {{ logOut: () => void, ended: (session: Session, end: SessionEnd) => void }} actions
   */
  constructor(config, actions) {
    this.#actions = actions;
    this.#messages = new MessageList({
      openUserMenu: (button, user) => this.#openUserMenu(button, user),
      openMessageMenu: (button, entry) => showMenu(button, messageItems(this.session, entry)),
      resend: (entry) => resend(this.session, entry),
      hasMenu: (entry) => messageItems(this.session, entry).length > 0,
      loadOlder: () => loadOlder(this.session, this.session.active),
    });
    this.#composer = new Composer(config.maxTextLength, {
      send: (text) => {
        this.#messages.scrollToEnd();
        this.session.send(this.session.active, text);
      },
      typing: (isTyping) => {
        this.session.weir.tell(isTyping ? 'typing' : 'doneTyping', { channel: this.session.active.id });
      },
      muteEnded: () => this.changed(),
    });
    connectDrawers();
    this.#connectButtons();
    this.#connectWindow();
  }

  /** The session that is shown. */
  get session() {
    if (!this.#session) {
      throw new Error('there is no session');
    }
    return this.#session;
  }

  /**
   * Shows a session from now on.
   * @param {Session} session
   */
  begin(session) {
    this.#session = session;
    this.#shown = null;
    this.#status.begin();
    $('chat').hidden = false;
    this.changed();
  }

  /**
   * Renders the page soon: once for all changes at the same time. Where much happens, the interval is longer, since each
   * of a thousand messages that arrive at once is a change of its own. The next animation frame is not used, because a
   * hidden page has none, and its title still tells what is unread.
   */
  changed() {
    if (this.#isRenderPlanned || !this.#session || $('chat').hidden) {
      return;
    }
    this.#isRenderPlanned = true;
    const isOther = this.#shown !== this.#session.active;
    const wait = isOther ? 0 : this.#renderedAt + MIN_RENDER_INTERVAL_MS - performance.now();
    if (wait <= 0) {
      queueMicrotask(() => this.#render());
    } else {
      setTimeout(() => this.#render(), wait);
    }
  }

  /** @param {StateEvent} state */
  connectionChanged(state) {
    this.#status.connectionChanged(state);
  }

  /**
   * @param {string} text
   * @param {'good' | 'bad'} [kind]
   */
  notify(text, kind) {
    this.#status.notify(text, kind);
  }

  /** @param {SessionEnd} end */
  ended(end) {
    this.#actions.ended(this.session, end);
  }

  /**
   * The name could not be restored after a lost connection.
   * @param {unknown} error
   */
  async nameLost(error) {
    if (this.session.isAccount) {
      this.ended({ text: SESSION_ENDED, isLoginOver: true });
      return;
    }
    const { askForName } = await import('./profile.js');
    const title = 'Your name is no longer available';
    if (!(await askForName(this.session, { title, text: errorText(error) }))) {
      this.ended({ text: errorText(error) });
    }
  }

  #render() {
    this.#isRenderPlanned = false;
    if (!this.#session || $('chat').hidden) {
      return;
    }
    const session = this.#session;
    const { active } = session;
    const isOpen = session.weir.state === 'open';
    active.acceptInvitation();
    if (this.#shown !== active) {
      this.#shown = active;
      this.#showAddress();
      closeDrawers();
    }
    showTitle(session);
    showConversations(session, (conversation) => this.#attempt(() => session.leave(conversation)));
    showUsers(session, (button, user) => this.#openUserMenu(button, user));
    this.#messages.show(active, !isOpen);
    this.#composer.show(active);
    $('typing').textContent = typingText(active.typists);
    this.#status.nameConfirmed(session.isConfirmed, isOpen);
    this.#renderedAt = performance.now();
  }

  #showAddress() {
    history.replaceState(null, '', `#${encodeChannelId(this.session.active.id)}`);
  }

  #connectButtons() {
    $('me').addEventListener('click', async () => {
      const { profileItems } = await import('./profile.js');
      showMenu($('me'), closingDrawers(profileItems(this.session, () => this.#actions.logOut())));
    });
    $('sanctions').addEventListener('click', () => this.#attempt(async () => {
      const { showSanctions } = await import('./moderation.js');
      await showSanctions(this.session, this.session.active);
    }));
    $('join').addEventListener('click', () => this.#askForChannel());
    $('skip').addEventListener('click', (event) => {
      event.preventDefault();
      this.#composer.focus();
    });
  }

  #connectWindow() {
    // By the new URL of the event: the current address may have been corrected for an earlier event.
    addEventListener('hashchange', ({ newURL }) => this.#openAddress(channelIdFromHash(new URL(newURL).hash)));
    addEventListener('online', () => this.#session?.weir.probe());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.#session) {
        this.#session.weir.probe();
        this.#session.markRead();
      }
    });
  }

  /**
   * Opens the channel of the address.
   * @param {string} id
   */
  async #openAddress(id) {
    if (!this.#session || $('chat').hidden) {
      return;
    }
    const session = this.#session;
    this.#requestedChannel = id;
    // The server may answer in another order: the last address counts.
    const isWanted = () => this.#requestedChannel === id;
    const isOpen = await this.#attempt(() => session.open(id, isWanted));
    if (!isWanted()) {
      return;
    }
    // The address may spell the id in another way.
    this.#showAddress();
    if (isOpen) {
      this.#composer.focus();
    }
  }

  async #askForChannel() {
    const { session } = this;
    const { ask } = await import('./dialogs.js');
    const suggestions = session.api.channels().then((channels) => channels.map(({ id }) => id), () => []);
    await ask({
      title: 'Join a channel',
      text: 'Choose an open channel. A new name makes a new channel.',
      fields: [{ name: 'channel', label: 'Channel', suggestions }],
      submit: 'Join',
      act: ({ channel }) => session.open(normalizeChannelId(channel)),
    });
  }

  /**
   * @param {HTMLElement} button
   * @param {string} user
   */
  async #openUserMenu(button, user) {
    const { userItems } = await import('./user-menu.js');
    /** @type {MenuItem[]} */
    const items = userItems(this.session, user, (action) => this.#attempt(action));
    showMenu(button, closingDrawers(items));
  }

  /**
   * Does something, and shows the error if it fails.
   * @param {() => Promise<unknown>} action
   * @returns {Promise<boolean>} whether it succeeded
   */
  async #attempt(action) {
    try {
      await action();
      return true;
    } catch (error) {
      this.notify(errorText(error));
      return false;
    }
  }
}
