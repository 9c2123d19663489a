// @ts-check
/** @import { StateEvent } from '../weir.js' */
/** @import { Api, Config } from './api.js' */
/** @import { Identity } from './identity.js' */
/** @import { Credentials, SessionEnd } from './session.js' */
/** @import { StartPage } from './start-page.js' */
import { Weir } from '../weir.js';
import { ChatPage } from './chat-page.js';
import { socketUrl } from './channel-id.js';
import { $ } from './dom.js';
import { Session } from './session.js';
import { SESSION_ENDED, asFailure } from './text.js';

const FIRST_CLOSE_CODE = 1_000;
const SERVER_FULL = 1_013;
const UNAUTHENTICATED = 401;

/** Starts and ends sessions: goes from the start page to the chat page and back. */
export class App {
  #api;
  #identity;
  #startPage;
  #chatPage;

  /**
   * @param {{ api: Api, config: Config, identity: Identity }} context
   * @param {StartPage} startPage
   */
  constructor({ api, config, identity }, startPage) {
    this.#api = api;
    this.#identity = identity;
    this.#startPage = startPage;
    this.#chatPage = new ChatPage(config, {
      logOut: () => this.#logOut(),
      ended: (session, end) => this.#ended(session, end),
    });
  }

  /**
   * Enters from the start page.
   * @param {string} channel
   * @param {Credentials} credentials
   * @returns {Promise<void>} when the user has the name; rejected with the error
   */
  async enter(channel, credentials) {
    const session = this.#createSession(channel, credentials);
    const removeListener = session.weir.on('state', (state) => {
      $('progress').textContent = progressText(state);
    });
    await enterSession(session, credentials).finally(removeListener);
    this.#startPage.hide();
    this.#chatPage.begin(session);
    $('text').focus();
  }

  /**
   * Enters as the user that the browser remembers, after a reload or by a link.
   * @param {string} home the connection's own channel
   * @param {string} shown the conversation to show
   * @param {Credentials} credentials
   */
  async resume(home, shown, credentials) {
    const others = this.#identity.open.filter(({ id }) => id !== home);
    const session = this.#createSession(home, credentials);
    this.#startPage.hide();
    this.#chatPage.begin(session);
    try {
      await enterSession(session, credentials);
    } catch (error) {
      this.#notResumed(home, credentials, error);
      return;
    }
    for (const { id, users } of others) {
      await session.join(id, users).catch(() => {});
    }
    const conversation = session.conversations.get(shown);
    if (conversation) {
      session.show(conversation);
    }
  }

  /**
   * @param {string} channel
   * @param {Credentials} credentials
   * @param {unknown} error
   */
  #notResumed(channel, { token }, error) {
    if (token !== undefined && asFailure(error).code === UNAUTHENTICATED) {
      this.#identity.forget(token);
      this.#startPage.show({ channel, notice: SESSION_ENDED });
    } else {
      this.#startPage.show({ channel, error });
    }
  }

  /**
   * @param {string} channel
   * @param {Credentials} credentials
   */
  #createSession(channel, { token }) {
    this.#api.useToken(token ?? null);
    const context = {
      weir: new Weir(socketUrl(channel)),
      api: this.#api,
      identity: this.#identity,
      page: this.#chatPage,
      isPageVisible: () => !document.hidden,
    };
    return new Session(context, channel);
  }

  /**
   * @param {Session} session
   * @param {SessionEnd} end
   */
  #ended(session, { text, isLoginOver }) {
    session.close();
    if (isLoginOver) {
      this.#identity.forget(this.#api.token);
    }
    this.#startPage.show({ channel: session.home, name: guestName(session), notice: text });
  }

  async #logOut() {
    const { session } = this.#chatPage;
    await session.weir.logout().catch(() => {});
    session.close();
    this.#identity.forget(this.#api.token);
    await this.#api.logout();
    this.#startPage.show({ channel: session.home, name: guestName(session) });
  }
}

/**
 * The guest's name, to enter again: after a rename it differs from the name on the start page.
 * @param {Session} session
 */
const guestName = ({ isAccount, me }) => (isAccount ? '' : me);

/** @param {StateEvent} state */
function progressText({ state, code }) {
  if (state !== 'waiting') {
    return 'Connecting …';
  }
  return code === SERVER_FULL ? 'The server is full. Trying again …' : 'The server cannot be reached. Trying again …';
}

/**
 * @param {Session} session
 * @param {Credentials} credentials
 */
async function enterSession(session, credentials) {
  try {
    await session.enter(credentials);
  } catch (error) {
    session.close();
    const isClose = (asFailure(error).code ?? 0) >= FIRST_CLOSE_CODE;
    throw isClose && session.refusal ? session.refusal : error;
  }
}
