import { $ } from './dom.js';
import { Composer } from './composer.js';
import { Log } from './log.js';
import { Status } from './status.js';
import { encode, fromHash, tidy } from './channels.js';
import { showConversations } from './conversations.js';
import { showMenu } from './menu.js';
import { showPeople } from './people.js';
import { itemsOf, sayAgain } from './about.js';
import { closeDrawers, outOfDrawers, showTitle, wireDrawers } from './room.js';
import { loadOlder } from './loading.js';
import { plain, typing } from './words.js';

const APART_MS = 40;

/** The page on which one talks: shows a session, and hands on what is done on the page. */
export class Chat {
  session = null;
  #isStale = false;
  #shown = null;
  #shownAt = 0;
  #followed = '';
  #status = new Status(() => this.session?.weir.probe());
  #log;
  #composer;
  #leave;

  /** @param {object} config @param {function} leave logs out @param {function} end gets why it ended */
  constructor(config, leave, end) {
    this.#leave = leave;
    this.ended = end;
    this.#log = new Log({
      person: (button, user) => this.#showPerson(button, user),
      more: (button, entry) => showMenu(button, itemsOf(this.session, entry)),
      again: (_, entry) => sayAgain(this.session, entry),
      hasMore: (entry) => itemsOf(this.session, entry).length > 0,
      older: () => loadOlder(this.session, this.session.active),
    });
    this.#composer = new Composer(config.maxTextLength, {
      send: (text) => {
        this.#log.toBottom();
        this.session.say(this.session.active, text);
      },
      typing: (isTyping) => this.session.weir.tell(isTyping ? 'typing' : 'doneTyping', { channel: this.session.active.id }),
      unmuted: () => this.changed(),
    });
    wireDrawers();
    this.#wire();
  }

  /** Shows a session from now on. */
  begin(session) {
    this.session = session;
    this.#shown = null;
    this.#status.begin();
    $('chat').hidden = false;
    this.changed();
  }

  /**
   * Something is different; all changes of a moment are shown together. Each message of a thousand that come at once is
   * an event of its own: the moment is longer where much happens. Rejected: the browser's next frame, which does not
   * come while the page is hidden, when its title tells of what is unread.
   */
  changed() {
    if (this.#isStale || $('chat').hidden) {
      return;
    }
    this.#isStale = true;
    const isOther = this.#shown !== this.session.active;
    const wait = isOther ? 0 : this.#shownAt + APART_MS - performance.now();
    if (wait <= 0) {
      queueMicrotask(() => this.#show());
    } else {
      setTimeout(() => this.#show(), wait);
    }
  }

  state(state) {
    this.#status.state(state);
  }

  said(text, kind) {
    this.#status.say(text, kind);
  }

  /** The name could not be had again after a lost connection. */
  async lost(error) {
    if (this.session.isAccount) {
      this.ended({ text: 'Your login has ended. Log in again.', isLoginOver: true });
      return;
    }
    const { rename } = await import('./self.js');
    if (!(await rename(this.session, { title: 'Your name is gone', text: plain(error) }))) {
      this.ended({ text: plain(error) });
    }
  }

  #show() {
    const { session } = this;
    this.#isStale = false;
    if (!session || $('chat').hidden) {
      return;
    }
    const { active } = session;
    active.invited = false;
    if (this.#shown !== active) {
      this.#shown = active;
      history.replaceState(null, '', `#${encode(active.id)}`);
      closeDrawers();
    }
    showTitle(session);
    showConversations(session, (one) => this.#try(() => session.leave(one)));
    showPeople(session, (button, user) => this.#showPerson(button, user));
    this.#log.show(active, session.weir.state !== 'open');
    this.#composer.show(active);
    $('typing').textContent = typing([...active.typists]);
    this.#status.confirmed(session.confirmed, session.weir.state === 'open');
    this.#shownAt = performance.now();
  }

  #wire() {
    $('me').addEventListener('click', async () => {
      const { ownItems } = await import('./self.js');
      showMenu($('me'), outOfDrawers(ownItems(this.session, () => this.#leave())));
    });
    $('measures').addEventListener('click', () => this.#try(async () => {
      const { showMeasures } = await import('./moderation.js');
      await showMeasures(this.session, this.session.active);
    }));
    $('join').addEventListener('click', () => this.#askForChannel());
    $('skip').addEventListener('click', (event) => {
      event.preventDefault();
      this.#composer.focus();
    });
    // Not by what the address is now: that may have been put right for an earlier one.
    addEventListener('hashchange', ({ newURL }) => this.#follow(fromHash(new URL(newURL).hash)));
    addEventListener('online', () => this.session?.weir.probe());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.session) {
        this.session.weir.probe();
        this.session.seen();
      }
    });
  }

  /** Goes where the address says. */
  async #follow(id) {
    if (!this.session || $('chat').hidden) {
      return;
    }
    this.#followed = id;
    // Answers may come in another order than addresses: the last address is meant.
    const isMeant = () => this.#followed === id;
    const isThere = await this.#try(() => this.session.open(id, isMeant));
    if (!isMeant()) {
      return;
    }
    // The address may be another spelling of the same.
    history.replaceState(null, '', `#${encode(this.session.active.id)}`);
    if (isThere) {
      this.#composer.focus();
    }
  }

  async #askForChannel() {
    const { ask } = await import('./dialogs.js');
    await ask({
      title: 'Join a channel',
      text: 'One of those that are open, or a new name: that makes a new channel.',
      fields: [{ name: 'channel', label: 'Channel', proposed: this.session.api.channels().then((all) => all.map(({ id }) => id), () => []) }],
      submit: 'Join',
      act: ({ channel }) => this.session.open(tidy(channel)),
    });
  }

  async #showPerson(button, user) {
    const { personItems } = await import('./person.js');
    showMenu(button, outOfDrawers(personItems(this.session, user, (act) => this.#try(act))));
  }

  /** Does something that may be refused, and says so if it is. @returns {Promise<boolean>} whether it was done */
  async #try(act) {
    try {
      await act();
      return true;
    } catch (error) {
      this.said(plain(error));
      return false;
    }
  }
}
