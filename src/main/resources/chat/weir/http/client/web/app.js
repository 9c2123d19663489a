import { $ } from './dom.js';
import { Chat } from './chat.js';
import { Session } from './session.js';

/** Brings a session and the page on which one talks together, and says why it ended. */

const CLOSE_CODES_FROM = 1_000;
const FULL = 1_013;

/** Going in and out of the chat. */
export class Talk {
  #surroundings;
  #start;
  #chat;

  /** @param {{api, config, identity}} surroundings @param {Start} start where one is when one does not talk */
  constructor(surroundings, start) {
    this.#surroundings = surroundings;
    this.#start = start;
    this.#chat = new Chat(surroundings.config, () => this.#logOut(), (end) => this.#ended(end));
  }

  /** Goes in from the start. Fulfilled as soon as the name is had, rejected with what is wrong. */
  async enter(channel, who) {
    const session = this.#sessionIn(channel, who);
    const off = session.weir.on('state', ({ state, code }) => {
      const why = code === FULL ? 'The server is full.' : 'The server cannot be reached.';
      $('going').textContent = state === 'waiting' ? `${why} Trying again …` : 'Connecting …';
    });
    await goIn(session, who).finally(off);
    this.#start.hide();
    this.#chat.begin(session);
    $('text').focus();
  }

  /**
   * Goes in as whom one is known, after a reload or by a link.
   * @param {string} home the connection's own channel
   * @param {string} asked what to show then
   */
  async comeBack(home, asked, who) {
    const { identity } = this.#surroundings;
    const others = identity.open.filter(({ id }) => id !== home);
    const session = this.#sessionIn(home, who);
    this.#start.hide();
    this.#chat.begin(session);
    try {
      await goIn(session, who);
    } catch (error) {
      this.#couldNot(home, who, error);
      return;
    }
    for (const { id, users } of others) {
      await session.join(id, users).catch(() => {});
    }
    if (session.conversations.has(asked)) {
      session.show(session.conversations.get(asked));
    }
  }

  #couldNot(home, who, error) {
    const isLoginOver = who.token && error.code === 401;
    if (isLoginOver) {
      this.#surroundings.identity.forget(who.token);
    }
    this.#start.show(isLoginOver ? { channel: home, notice: 'Your login has ended. Log in again.' } : { channel: home, error });
  }

  #sessionIn(channel, who) {
    this.#surroundings.api.token = who.token ?? null;
    return new Session({ ...this.#surroundings, page: this.#chat }, channel);
  }

  #ended({ text, isLoginOver }) {
    const { session } = this.#chat;
    session.close();
    if (isLoginOver) {
      this.#surroundings.identity.forget(this.#surroundings.api.token);
    }
    this.#start.show({ channel: session.home, name: nameOf(session), notice: text });
  }

  async #logOut() {
    const { session } = this.#chat;
    const { api, identity } = this.#surroundings;
    await session.weir.logout().catch(() => {});
    session.close();
    identity.forget(api.token);
    await api.logout();
    this.#start.show({ channel: session.home, name: nameOf(session) });
  }
}

/** A guest's, for the next time: after a rename it is another one than he came with. */
const nameOf = ({ isAccount, me }) => (isAccount ? '' : me);

async function goIn(session, who) {
  try {
    await session.enter(who);
  } catch (error) {
    session.close();
    throw error.code >= CLOSE_CODES_FROM && session.refusal ? session.refusal : error;
  }
}
