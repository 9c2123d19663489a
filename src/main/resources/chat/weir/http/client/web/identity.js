// @ts-check
/** @import { NamePeriod } from './own-names.js' */

/**
 * What the browser remembers of the user: a login for the next visit (localStorage), a guest's name and secret for a
 * reload (sessionStorage), and the open conversations. A browser that stores nothing remembers nothing. Values that do
 * not have the expected form, written by an older page for example, are ignored.
 */

/** @typedef {{ user: string, token: string }} Login */
/** @typedef {{ name: string, resume?: string, names: NamePeriod[] }} Guest */
/** @typedef {{ id: string, users: readonly string[] }} OpenConversation */
/** @typedef {'localStorage' | 'sessionStorage'} StorageName */

const LOGIN = 'weir.login';
const GUEST = 'weir.guest';
const OPEN = 'weir.open';
const BLOCKED = 'weir.blocked';

/**
 * @param {StorageName} storage
 * @param {string} key
 * @param {any} otherwise
 * @returns {any}
 */
function read(storage, key, otherwise) {
  try {
    return JSON.parse(window[storage].getItem(key) ?? 'null') ?? otherwise;
  } catch {
    return otherwise;
  }
}

/**
 * @param {StorageName} storage
 * @param {string} key
 * @param {unknown} value null: removes the key
 */
function write(storage, key, value) {
  try {
    if (value === null) {
      window[storage].removeItem(key);
    } else {
      window[storage].setItem(key, JSON.stringify(value));
    }
  } catch {
    // The storage is full or forbidden: the value is not remembered.
  }
}

/** @param {unknown} value */
const isText = (value) => typeof value === 'string';

/**
 * @param {unknown} value
 * @returns {string[]}
 */
const texts = (value) => (Array.isArray(value) ? value.filter(isText) : []);

/** What the browser remembers of the user. */
export class Identity {
  /**
   * The login to an account; null: none.
   * @type {Login | null}
   */
  get login() {
    const login = read('localStorage', LOGIN, null);
    return isText(login?.token) && isText(login.user) ? login : null;
  }

  set login(login) {
    write('localStorage', LOGIN, login);
  }

  /**
   * The guest of this tab; null: none.
   * @type {Guest | null}
   */
  get guest() {
    const { name, resume, had } = read('sessionStorage', GUEST, {});
    const names = Array.isArray(had) ? had.filter((one) => isText(one?.name)) : [];
    return isText(name) ? { name, resume: isText(resume) ? resume : undefined, names } : null;
  }

  set guest(guest) {
    write('sessionStorage', GUEST, guest && { name: guest.name, resume: guest.resume, had: guest.names });
  }

  /**
   * The open conversations, the connection's own channel first.
   * @type {OpenConversation[]}
   */
  get open() {
    return [read(this.#storage, OPEN, [])]
      .flat()
      .filter((one) => isText(one?.id))
      .map(({ id, users }) => ({ id, users: texts(users) }));
  }

  set open(conversations) {
    write(this.#storage, OPEN, conversations.length > 0 ? conversations : null);
  }

  /**
   * The names that the user has blocked. The server does not list those of a guest.
   * @type {string[]}
   */
  get blocked() {
    return texts(read(this.#storage, BLOCKED, []));
  }

  set blocked(names) {
    write(this.#storage, BLOCKED, names.length > 0 ? names : null);
  }

  /**
   * Forgets everything, except a login that is not the one that ended: the user may have logged in again in another
   * window of this browser.
   * @param {string | null} [token] of the login that ended; null: a guest leaves
   */
  forget(token = this.login?.token ?? null) {
    const isSameLogin = (this.login?.token ?? null) === token;
    /** @type {StorageName[]} */
    const storages = isSameLogin ? ['sessionStorage', 'localStorage'] : ['sessionStorage'];
    for (const storage of storages) {
      [LOGIN, GUEST, OPEN, BLOCKED].forEach((key) => write(storage, key, null));
    }
  }

  /** @returns {StorageName} */
  get #storage() {
    return this.login ? 'localStorage' : 'sessionStorage';
  }
}
