import { $ } from './dom.js';
import { Composer } from './composer.js';
import { Log } from './log.js';
import { Status } from './status.js';
import { encode, faultOf, fromHash, tidy } from './channels.js';
import { showConversations } from './conversations.js';
import { showMenu } from './menu.js';
import { showPeople } from './people.js';
import { itemsOf, sayAgain } from './about.js';
import { closeDrawers, showTitle, wireDrawers } from './room.js';
import { loadOlder } from './loading.js';
import { plain, typing } from './words.js';

/** The page on which one talks: shows a session, and hands on what is done on the page. */
export class Chat {
  session = null;
  #isStale = false;
  #shown = null;
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
    });
    wireDrawers();
    this.#wire();
  }

  /** Shows a session from now on. */
  begin(session) {
    this.session = session;
    this.#shown = null;
    $('chat').hidden = false;
    this.changed();
  }

  /** Something is different; all changes of a moment are shown together. */
  changed() {
    if (this.#isStale || $('chat').hidden) {
      return;
    }
    this.#isStale = true;
    queueMicrotask(() => {
      this.#isStale = false;
      this.#show();
    });
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
    this.#log.show(active);
    this.#composer.show(active);
    $('typing').textContent = typing([...active.typists]);
    this.#status.confirmed(session.confirmed, session.weir.state === 'open');
  }

  #wire() {
    $('me').addEventListener('click', async () => {
      const { ownItems } = await import('./self.js');
      showMenu($('me'), ownItems(this.session, () => this.#leave()));
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
    addEventListener('hashchange', () => this.#follow(fromHash(location.hash)));
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
    const wrong = this.session.conversations.has(id) ? '' : faultOf(id);
    if (wrong || !(await this.#try(() => this.session.open(id)))) {
      history.replaceState(null, '', `#${encode(this.session.active.id)}`);
      return;
    }
    this.#composer.focus();
  }

  async #askForChannel() {
    const { ask } = await import('./dialogs.js');
    await ask({
      title: 'Join a channel',
      fields: [{ name: 'channel', label: 'Channel' }],
      submit: 'Join',
      act: async ({ channel }) => {
        const wrong = faultOf(tidy(channel));
        if (wrong) {
          throw new Error(wrong);
        }
        await this.session.open(tidy(channel));
      },
    });
  }

  async #showPerson(button, user) {
    const { personItems } = await import('./person.js');
    showMenu(button, personItems(this.session, user, (act) => this.#try(act)));
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
