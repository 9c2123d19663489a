/**
 * What is remembered of who one is: a login for the next visit (localStorage), a guest's name and its secret for a
 * reload (sessionStorage), and the conversations that were open. Where the browser keeps nothing, nothing is remembered;
 * what is kept and is not as it was written, by an older page perhaps, is as if it were not there.
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

const isText = (value) => typeof value === 'string';
const texts = (value) => (Array.isArray(value) ? value.filter(isText) : []);

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
    const login = read('localStorage', LOGIN, null);
    return isText(login?.token) && isText(login.user) ? login : null;
  }

  set login(login) {
    write('localStorage', LOGIN, login);
  }

  /** `{name, resume, had}` of a guest, `had` as Names has it; null: none. */
  get guest() {
    const { name, resume, had } = read('sessionStorage', GUEST, {});
    const names = Array.isArray(had) ? had.filter((one) => isText(one?.name)) : [];
    return isText(name) ? { name, resume: isText(resume) ? resume : undefined, had: names } : null;
  }

  set guest(guest) {
    write('sessionStorage', GUEST, guest);
  }

  /** Ids and people of the open conversations, the connection's own first: `[{id, users}]`. */
  get open() {
    return [read(this.#kept, OPEN, [])]
      .flat()
      .filter((one) => isText(one?.id))
      .map(({ id, users }) => ({ id, users: texts(users) }));
  }

  set open(conversations) {
    write(this.#kept, OPEN, conversations.length ? conversations : null);
  }

  /** The names that were blocked. The server does not list them. */
  get blocked() {
    return texts(read(this.#kept, BLOCKED, []));
  }

  set blocked(names) {
    write(this.#kept, BLOCKED, names.length ? names : null);
  }

  /**
   * Forgets all of it, but nothing of a login that is not the one that is over: in another window of this browser
   * somebody may have logged in since.
   * @param {string|null} [token] of the login that is over; null: a guest goes
   */
  forget(token = this.login?.token ?? null) {
    const storages = (this.login?.token ?? null) === token ? ['sessionStorage', 'localStorage'] : ['sessionStorage'];
    storages.forEach((storage) => [LOGIN, GUEST, OPEN, BLOCKED].forEach((key) => write(storage, key, null)));
  }

  get #kept() {
    return this.login ? 'localStorage' : 'sessionStorage';
  }
}
