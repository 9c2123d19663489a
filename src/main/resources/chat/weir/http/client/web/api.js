// @ts-check
/** The HTTP API. */

const PAGE_SIZE = 200;
const MAX_PAGES = 10;

/** @typedef {{ requireAccount: boolean, maxTextLength: number }} Config */
/** @typedef {{ id: string, connections: number }} ChannelSummary */
/** @typedef {{ user: string, account: boolean, channel: string, by: string, reason?: string, until?: string }} Sanction */
/** @typedef {'bans' | 'mutes'} SanctionKind */

/** A request that was refused. Its code is the HTTP status, or 0 if the server could not be reached. */
export class ApiError extends Error {
  /**
   * @param {number} code
   * @param {string} message of the server, only to be shown
   * @param {{ reason?: string, retryAfter?: number }} [details] `retryAfter`: seconds
   */
  constructor(code, message, { reason, retryAfter } = {}) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }
}

/** Calls the HTTP API. Every call that is refused rejects with an ApiError. */
export class Api {
  /**
   * The token of the login; null: none.
   * @type {string | null}
   */
  #token = null;

  get token() {
    return this.#token;
  }

  /**
   * Uses the token of an earlier login, or none.
   * @param {string | null} token
   */
  useToken(token) {
    this.#token = token;
  }

  /**
   * What the page has to know about the server.
   * @returns {Promise<Config>}
   */
  config() {
    return this.#request('GET', 'client.json');
  }

  /**
   * The open channels, those with most connections first.
   * @returns {Promise<ChannelSummary[]>}
   */
  async channels() {
    /** @type {ChannelSummary[]} */
    const channels = [];
    /** @type {string | undefined} */
    let after = '';
    for (let page = 0; page < MAX_PAGES && after !== undefined && channels.length < PAGE_SIZE; page++) {
      const path = `api/channels?limit=${PAGE_SIZE}&after=${encodeURIComponent(after)}`;
      /** @type {{ channels: ChannelSummary[], next?: string }} */
      const found = await this.#request('GET', path);
      channels.push(...found.channels); // may be none although there are more
      after = found.next;
    }
    return channels.sort((a, b) => b.connections - a.connections || a.id.localeCompare(b.id));
  }

  /**
   * @param {string} username
   * @param {string} password
   * @param {string} [resume] the secret of the guest who holds the name
   */
  register(username, password, resume) {
    return this.#request('POST', 'api/accounts', { username, password, resume });
  }

  /**
   * Logs in, and uses the new token.
   * @param {string} username
   * @param {string} password
   * @returns {Promise<{ token: string, user: string }>}
   */
  async login(username, password) {
    const session = await this.#request('POST', 'api/sessions', { username, password });
    this.#token = session.token;
    return session;
  }

  /** Ends the login, if there is one. The token is forgotten even if the server cannot be reached. */
  async logout() {
    if (this.#token === null) {
      return;
    }
    const ended = this.#request('DELETE', 'api/sessions/current');
    this.#token = null;
    await ended.catch(() => {});
  }

  /**
   * @param {string} current
   * @param {string} next
   */
  changePassword(current, next) {
    return this.#request('PUT', 'api/accounts/me/password', { current, new: next });
  }

  /** Deletes the account and its logins. */
  deleteAccount() {
    return this.#request('DELETE', 'api/accounts/me');
  }

  /** @returns {Promise<{ user: string, role: 'admin' | 'member' }>} */
  me() {
    return this.#request('GET', 'api/accounts/me');
  }

  /**
   * The names of a channel's moderators.
   * @param {string} channel
   * @returns {Promise<string[]>}
   */
  async moderators(channel) {
    const { moderators } = await this.#request('GET', `api/channels/${encodeURIComponent(channel)}/roles`);
    return moderators;
  }

  /**
   * The bans or mutes that are in force in a channel.
   * @param {SanctionKind} kind
   * @param {string} channel
   * @returns {Promise<Sanction[]>}
   */
  async sanctions(kind, channel) {
    const found = await this.#request('GET', `api/${kind}?limit=100&channel=${encodeURIComponent(channel)}`);
    return found[kind];
  }

  /**
   * Lifts a ban or a mute.
   * @param {SanctionKind} kind
   * @param {string} channel
   * @param {string} user
   */
  lift(kind, channel, user) {
    return this.#request('DELETE', `api/${kind}?${new URLSearchParams({ channel, user })}`);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  async #request(method, path, body) {
    /** @type {Record<string, string>} */
    const headers = body ? { 'Content-Type': 'application/json' } : {};
    if (this.#token !== null) {
      headers.Authorization = `Bearer ${this.#token}`;
    }
    /** @type {RequestInit} */
    const request = { method, headers, body: body && JSON.stringify(body), cache: 'no-store' };
    const response = await fetch(path, request).catch(() => {
      throw new ApiError(0, 'the server cannot be reached');
    });
    const answer = response.status === 204 ? {} : await response.json().catch(() => ({}));
    if (!response.ok) {
      const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
      throw new ApiError(response.status, answer.detail ?? response.statusText, { reason: answer.reason, retryAfter });
    }
    return answer;
  }
}
