import { $, closeAll, el, fault } from './dom.js';
import { faultOf, tidy } from './channels.js';
import { NAME_RULE, NO_NAME, plain } from './words.js';

const LISTED = 50;
const SHORTEST_PASSWORD = 8;
const NAME = /^[\p{L}\p{Nd}\p{M}_.-]{1,32}$/u;
const SUBMIT = { guest: 'Start talking', login: 'Log in and talk', register: 'Register and talk', known: 'Start talking' };

/** Which field an error belongs to, by its reason. */
const FIELDS = {
  channel: ['banned', 'invalid_channel', 'private'],
  name: ['taken', 'registered', 'invalid', 'name_taken', 'name_registered', 'invalid_name'],
  password: ['invalid_password', 'wrong_credentials'],
};

/** The page on which one chooses a channel and a name. */
export class Start {
  #api;
  #identity;
  #requireAccount;
  #enter;
  #isBusy = false;

  /** @param {{api, identity, config}} surroundings @param {function} enter gets the channel and who one is; may throw */
  constructor({ api, identity, config }, enter) {
    this.#api = api;
    this.#identity = identity;
    this.#requireAccount = config.requireAccount;
    this.#enter = enter;
    $('enter').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    $('ways').addEventListener('change', () => this.#arrange());
    $('forget').addEventListener('click', () => this.#forget());
    $('way-guest').parentElement.hidden = config.requireAccount;
  }

  /**
   * Shows it.
   * @param {string} channel to begin with
   * @param {string} [name] to begin with; none: the last one
   * @param {string} [notice] why one is here (again); always in sight
   * @param {Error} [error] why it went wrong before; shown where it belongs
   */
  show({ channel = '', name = '', notice = '', error } = {}) {
    $('chat').hidden = true;
    closeAll();
    $('start').hidden = false;
    $('going').textContent = '';
    document.title = 'Weir';
    $('channel').value = channel;
    $('name').value = name || $('name').value || this.#identity.guest?.name || '';
    if (this.#requireAccount && this.#way() === 'guest') {
      $('way-login').checked = true;
    }
    this.#arrange();
    $(channel === '' || this.#identity.login ? 'channel' : 'name').focus({ preventScroll: true });
    this.#notify(notice);
    if (error) {
      this.#explain(error);
    }
    this.#list();
  }

  hide() {
    $('start').hidden = true;
  }

  #way() {
    return this.#identity.login ? 'known' : new FormData($('enter')).get('way');
  }

  #arrange() {
    const way = this.#way();
    $('ways').hidden = $('name-field').hidden = way === 'known';
    $('known').hidden = way !== 'known';
    $('known-name').textContent = this.#identity.login?.user ?? '';
    $('password-field').hidden = way !== 'login' && way !== 'register';
    $('password-hint').hidden = way !== 'register';
    $('password').autocomplete = way === 'register' ? 'new-password' : 'current-password';
    $('go').textContent = SUBMIT[way];
    ['name', 'password', 'channel'].forEach((id) => fault(id, ''));
  }

  /** The open channels; none are shown to whom the server tells none. */
  async #list() {
    this.#api.token = this.#identity.login?.token ?? null;
    const mayRead = this.#api.token !== null || !this.#requireAccount;
    const channels = mayRead ? await this.#api.channels().catch(() => []) : [];
    $('open').hidden = channels.length === 0;
    $('channels').replaceChildren(...channels.slice(0, LISTED).map(({ id, connections }) => {
      const here = connections === 0 ? 'nobody now' : `${connections} connected`;
      const button = el('button', { type: 'button' }, el('span', { class: 'what' }, id), el('span', { class: 'role' }, here));
      button.addEventListener('click', () => {
        $('channel').value = id;
        fault('channel', '');
        $(this.#way() === 'known' ? 'go' : 'name').focus();
      });
      return el('li', {}, button);
    }));
  }

  async #forget() {
    this.#identity.forget();
    await this.#api.logout();
    this.show({ channel: $('channel').value });
  }

  async #submit() {
    const channel = tidy($('channel').value);
    const way = this.#way();
    if (this.#isBusy || !this.#isFilledIn(channel, way)) {
      return;
    }
    this.#busy(true);
    try {
      await this.#enter(channel, await this.#who(way));
      $('password').value = '';
    } catch (error) {
      this.#explain(error);
    }
    this.#busy(false);
  }

  /** While it is being done the button says so; a second press does nothing. */
  #busy(isBusy) {
    this.#isBusy = isBusy;
    $('go').setAttribute('aria-disabled', String(isBusy));
    $('going').textContent = isBusy ? 'Connecting …' : '';
  }

  #isFilledIn(channel, way) {
    $('notice').hidden = true;
    const name = $('name').value.trim().normalize('NFC');
    const faults = {
      password: passwordFault(way, [...$('password').value].length),
      name: way === 'known' || NAME.test(name) ? '' : name === '' ? NO_NAME : NAME_RULE,
      channel: channel.startsWith('@') ? 'Private chats begin from a person in a channel.' : faultOf(channel),
    };
    // The uppermost comes last: it gets the focus.
    Object.entries(faults).forEach(([id, text]) => fault(id, text));
    return Object.values(faults).every((text) => text === '');
  }

  async #who(way) {
    const name = $('name').value.trim();
    const resume = this.#identity.guest?.name === name ? this.#identity.guest.resume : undefined;
    if (way === 'guest') {
      return { name, resume };
    }
    if (way !== 'known') {
      const password = $('password').value;
      if (way === 'register') {
        await this.#api.register(name, password, resume);
      }
      const { token, user } = await this.#api.login(name, password);
      this.#identity.forget();
      this.#identity.login = { token, user };
      return { token, user }; // which the browser may be unable to keep
    }
    return this.#identity.login;
  }

  /** Says what went wrong where it belongs. */
  #explain(error) {
    this.#arrange();
    const field = Object.keys(FIELDS).find((id) => FIELDS[id].includes(error.reason));
    if (field && !$(field).closest('[hidden]')) {
      fault(field, plain(error));
    } else {
      this.#notify(plain(error));
    }
  }

  #notify(text) {
    $('notice').textContent = text;
    $('notice').hidden = text === '';
    $('notice').scrollIntoView({ block: 'nearest' });
  }
}

function passwordFault(way, length) {
  if (way === 'register' && length < SHORTEST_PASSWORD) {
    return 'The password is too short: it needs at least 8 characters.';
  }
  return way === 'login' && length === 0 ? 'Type your password.' : '';
}
