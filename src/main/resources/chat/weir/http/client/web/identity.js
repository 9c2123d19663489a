/**
 * What is remembered of who one is: a login for the next visit (localStorage), a guest's name and its secret for a
 * reload (sessionStorage), and the conversations that were open. Where the browser keeps nothing, nothing is remembered.
 */

const LOGIN = 'weir.login';
const GUEST = 'weir.guest';
const OPEN = 'weir.open';
const BLOCKED = 'weir.blocked';

function read(storage, key, otherwise) {
  try {
    return JSON.parse(window[storage].getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function write(storage, key, value) {
  try {
    if (value === null) {
      window[storage].removeItem(key);
    } else {
      window[storage].setItem(key, JSON.stringify(value));
    }
  } catch {
    // Full or forbidden: then it is not remembered.
  }
}

export class Identity {
  /** `{user, token}` of an account; null: not logged in. */
  get login() {
    return read('localStorage', LOGIN, null);
  }

  set login(login) {
    write('localStorage', LOGIN, login);
  }

  /** `{name, resume}` of a guest; null: none. */
  get guest() {
    return read('sessionStorage', GUEST, null);
  }

  set guest(guest) {
    write('sessionStorage', GUEST, guest);
  }

  /** Ids and people of the open conversations, the connection's own first: `[{id, users}]`. */
  get open() {
    return read(this.#kept, OPEN, []);
  }

  set open(conversations) {
    write(this.#kept, OPEN, conversations.length ? conversations : null);
  }

  /** The names that were blocked. The server does not list them. */
  get blocked() {
    return read(this.#kept, BLOCKED, []);
  }

  set blocked(names) {
    write(this.#kept, BLOCKED, names.length ? names : null);
  }

  /** Forgets all of it. */
  forget() {
    this.open = [];
    this.blocked = [];
    this.login = null;
    this.guest = null;
  }

  get #kept() {
    return this.login ? 'localStorage' : 'sessionStorage';
  }
}
