/** The HTTP API. */

const LISTED = 200;
const MAX_PAGES = 10;

/** A refused request; `message` is the server's, for people; `reason` for the page; `retryAfter` in seconds or undefined. */
export class ApiError extends Error {
  constructor(status, message, reason, retryAfter) {
    super(message);
    this.code = status;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }
}

/** All calls throw an ApiError if they are refused; its code is 0 if the server cannot be reached. */
export class Api {
  /** A login's token; null: none. */
  token = null;

  /** What the page has to know: `{requireAccount, maxTextLength}`. */
  config() {
    return this.#ask('GET', 'client.json');
  }

  /** The open channels, the fullest first: `[{id, connections}]`. */
  async channels() {
    const channels = [];
    for (let page = 0, after = ''; page < MAX_PAGES && after !== undefined && channels.length < LISTED; page++) {
      const found = await this.#ask('GET', `api/channels?limit=${LISTED}&after=${encodeURIComponent(after)}`);
      channels.push(...found.channels); // may be none although there are more
      after = found.next;
    }
    return channels.sort((a, b) => b.connections - a.connections || a.id.localeCompare(b.id));
  }

  /** @param {string} [resume] the secret of the guest who uses the name, if there is one */
  register(username, password, resume) {
    return this.#ask('POST', 'api/accounts', { username, password, resume });
  }

  /** Logs in: `{token, user, expires}`; keeps the token. */
  async login(username, password) {
    const session = await this.#ask('POST', 'api/sessions', { username, password });
    this.token = session.token;
    return session;
  }

  /** Ends the login, if there is one, as far as the server can be told. */
  async logout() {
    if (this.token === null) {
      return;
    }
    const ended = this.#ask('DELETE', 'api/sessions/current');
    this.token = null;
    await ended.catch(() => {});
  }

  changePassword(current, next) {
    return this.#ask('PUT', 'api/accounts/me/password', { current, new: next });
  }

  /** The account and its logins go. */
  deleteAccount() {
    return this.#ask('DELETE', 'api/accounts/me');
  }

  /** `{user, role}`: role is `admin` or `member`. */
  me() {
    return this.#ask('GET', 'api/accounts/me');
  }

  /** The names of a channel's moderators. */
  async moderators(channel) {
    const { moderators } = await this.#ask('GET', `api/channels/${encodeURIComponent(channel)}/roles`);
    return moderators;
  }

  /** What is in force in a channel: `[{user, by, reason, until}]`. @param {'bans'|'mutes'} kind */
  async sanctions(kind, channel) {
    const found = await this.#ask('GET', `api/${kind}?limit=100&channel=${encodeURIComponent(channel)}`);
    return found[kind];
  }

  /** Lifts a ban or a mute. */
  lift(kind, channel, user) {
    return this.#ask('DELETE', `api/${kind}?${new URLSearchParams({ channel, user })}`);
  }

  async #ask(method, path, body) {
    const headers = body ? { 'Content-Type': 'application/json' } : {};
    if (this.token !== null) {
      headers.Authorization = `Bearer ${this.token}`;
    }
    const request = { method, headers, body: body && JSON.stringify(body), cache: 'no-store' };
    const response = await fetch(path, request).catch(() => {
      throw new ApiError(0, 'the server cannot be reached');
    });
    const answer = response.status === 204 ? {} : await response.json().catch(() => ({}));
    if (!response.ok) {
      const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
      throw new ApiError(response.status, answer.detail ?? response.statusText, answer.reason, retryAfter);
    }
    return answer;
  }
}
