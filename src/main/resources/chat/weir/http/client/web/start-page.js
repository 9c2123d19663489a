// @ts-check
/** @import { Api, ChannelSummary, Config } from './api.js' */
/** @import { Identity } from './identity.js' */
/** @import { Credentials } from './session.js' */
import { channelIdError, normalizeChannelId } from './channel-id.js';
import { $, closeAll, el, input, showFieldError } from './dom.js';
import { NAME_RULE, NO_NAME, asFailure, errorText } from './text.js';

const MAX_CHANNELS = 50;
const MIN_PASSWORD_LENGTH = 8;
const NAME = /^[\p{L}\p{Nd}\p{M}_.-]{1,32}$/u;

/**
 * How the user signs in. `remembered`: by the login that the browser remembers.
 * @typedef {'guest' | 'login' | 'register' | 'remembered'} Mode
 */

const SUBMIT_TEXTS = { guest: 'Join', login: 'Log in and join', register: 'Register and join', remembered: 'Join' };

/**
 * The field that an error belongs to, by its reason.
 * @type {Record<string, string[]>}
 */
const FIELD_REASONS = {
  channel: ['banned', 'invalid_channel', 'private'],
  name: ['taken', 'registered', 'invalid', 'name_taken', 'name_registered', 'invalid_name'],
  password: ['invalid_password', 'wrong_credentials'],
};

/** The page on which the user chooses a channel and a name. */
export class StartPage {
  #api;
  #identity;
  #requireAccount;
  #enter;
  #isBusy = false;

  /**
   * @param {{ api: Api, identity: Identity, config: Config }} context
   * @param {(channel: string, credentials: Credentials) => Promise<void>} enter
   */
  constructor({ api, identity, config }, enter) {
    this.#api = api;
    this.#identity = identity;
    this.#requireAccount = config.requireAccount;
    this.#enter = enter;
    $('enter').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    $('modes').addEventListener('change', () => this.#arrange());
    $('forget').addEventListener('click', () => this.#logOut());
    const label = $('mode-guest').parentElement;
    if (label) {
      label.hidden = config.requireAccount;
    }
  }

  /**
   * Shows the page.
   * @param {object} [contents]
   * @param {string} [contents.channel]
   * @param {string} [contents.name] the last one by default
   * @param {string} [contents.notice] why the user is here again; always visible
   * @param {unknown} [contents.error] shown at the field that it belongs to
   */
  show({ channel = '', name = '', notice = '', error } = {}) {
    $('chat').hidden = true;
    closeAll();
    $('start').hidden = false;
    $('progress').textContent = '';
    document.title = 'Weir';
    input('channel').value = channel;
    input('name').value = name || input('name').value || this.#identity.guest?.name || '';
    if (this.#requireAccount && this.#mode() === 'guest') {
      input('mode-login').checked = true;
    }
    this.#arrange();
    $(channel === '' || this.#identity.login ? 'channel' : 'name').focus({ preventScroll: true });
    this.#notify(notice);
    if (error) {
      this.#showError(error);
    }
    this.#listChannels();
  }

  hide() {
    $('start').hidden = true;
  }

  /** @returns {Mode} */
  #mode() {
    const form = /** @type {HTMLFormElement} */ ($('enter'));
    return this.#identity.login ? 'remembered' : /** @type {Mode} */ (new FormData(form).get('mode'));
  }

  /** Shows the fields of the mode. */
  #arrange() {
    const mode = this.#mode();
    $('modes').hidden = mode === 'remembered';
    $('name-field').hidden = mode === 'remembered';
    $('known').hidden = mode !== 'remembered';
    $('known-name').textContent = this.#identity.login?.user ?? '';
    $('password-field').hidden = mode !== 'login' && mode !== 'register';
    $('password-hint').hidden = mode !== 'register';
    input('password').autocomplete = mode === 'register' ? 'new-password' : 'current-password';
    $('go').textContent = SUBMIT_TEXTS[mode];
    ['name', 'password', 'channel'].forEach((id) => showFieldError(id, ''));
  }

  /** Lists the open channels, if the server tells them to this user. */
  async #listChannels() {
    this.#api.useToken(this.#identity.login?.token ?? null);
    const mayRead = this.#api.token !== null || !this.#requireAccount;
    /** @type {ChannelSummary[]} */
    const channels = mayRead ? await this.#api.channels().catch(() => []) : [];
    $('open').hidden = channels.length === 0;
    $('channels').replaceChildren(...channels.slice(0, MAX_CHANNELS).map((channel) => this.#channelItem(channel)));
  }

  /** @param {ChannelSummary} channel */
  #channelItem({ id, connections }) {
    const count = el('span', { class: 'role' }, connections === 0 ? 'nobody connected' : `${connections} connected`);
    const button = el('button', { type: 'button' }, el('span', { class: 'label' }, id), count);
    button.addEventListener('click', () => {
      input('channel').value = id;
      showFieldError('channel', '');
      $(this.#mode() === 'remembered' ? 'go' : 'name').focus();
    });
    return el('li', {}, button);
  }

  async #logOut() {
    this.#identity.forget();
    await this.#api.logout();
    this.show({ channel: input('channel').value });
  }

  async #submit() {
    const channel = normalizeChannelId(input('channel').value);
    const mode = this.#mode();
    if (this.#isBusy || !this.#isValid(channel, mode)) {
      return;
    }
    this.#setBusy(true);
    try {
      await this.#enter(channel, await this.#credentials(mode));
      input('password').value = '';
    } catch (error) {
      this.#showError(error);
    }
    this.#setBusy(false);
  }

  /**
   * While it is busy, the page says so and ignores the button.
   * @param {boolean} isBusy
   */
  #setBusy(isBusy) {
    this.#isBusy = isBusy;
    $('go').setAttribute('aria-disabled', String(isBusy));
    $('progress').textContent = isBusy ? 'Connecting …' : '';
  }

  /**
   * @param {string} channel
   * @param {Mode} mode
   */
  #isValid(channel, mode) {
    $('notice').hidden = true;
    // The first field comes last: it gets the focus.
    const errors = {
      password: passwordError(mode, [...input('password').value].length),
      name: mode === 'remembered' ? '' : nameError(input('name').value.trim().normalize('NFC')),
      channel: channel.startsWith('@')
        ? 'To start a private chat, join a channel and choose a user there.'
        : channelIdError(channel),
    };
    Object.entries(errors).forEach(([id, text]) => showFieldError(id, text));
    return Object.values(errors).every((text) => text === '');
  }

  /**
   * Logs in or registers if necessary.
   * @param {Mode} mode
   * @returns {Promise<Credentials>}
   */
  async #credentials(mode) {
    const name = input('name').value.trim();
    const { guest, login } = this.#identity;
    const resume = guest?.name === name ? guest.resume : undefined;
    if (login && mode === 'remembered') {
      return login;
    }
    if (mode === 'guest') {
      return { name, resume };
    }
    const password = input('password').value;
    if (mode === 'register') {
      await this.#api.register(name, password, resume);
    }
    const { token, user } = await this.#api.login(name, password);
    this.#identity.forget();
    this.#identity.login = { token, user };
    return { token }; // the browser may be unable to remember it
  }

  /** @param {unknown} error */
  #showError(error) {
    this.#arrange();
    const { reason = '' } = asFailure(error);
    const field = Object.keys(FIELD_REASONS).find((id) => FIELD_REASONS[id].includes(reason));
    if (field && !$(field).closest('[hidden]')) {
      showFieldError(field, errorText(error));
    } else {
      this.#notify(errorText(error));
    }
  }

  /** @param {string} text */
  #notify(text) {
    $('notice').textContent = text;
    $('notice').hidden = text === '';
    $('notice').scrollIntoView({ block: 'nearest' });
  }
}

/** @param {string} name */
function nameError(name) {
  if (name === '') {
    return NO_NAME;
  }
  return NAME.test(name) ? '' : NAME_RULE;
}

/**
 * @param {Mode} mode
 * @param {number} length in code points
 */
function passwordError(mode, length) {
  if (mode === 'register' && length < MIN_PASSWORD_LENGTH) {
    return 'The password is too short: it needs at least 8 characters.';
  }
  return mode === 'login' && length === 0 ? 'Enter your password.' : '';
}
