/**
 * Speaks the protocol of a Weir chat server, in a browser or in Node, and keeps at it over lost connections: the name,
 * the channels and what was said meanwhile are had again, and what was sent and not acknowledged is sent again. In each
 * channel `message` events have rising ids: none comes twice, and none is missed without a `gap` event that says so.
 */

/** Close codes after which a client does not come back, beside 4500 to 4999. */
const FOR_GOOD = [1002, 1007, 1008];
const TOO_BIG = 1009;
const LOST = 1006;
const UNANSWERED = 408;
const PASSING = [UNANSWERED, 429, 503];
const REFUSALS = { taken: 409, registered: 409, invalid: 400, banned: 403 };
const PAGE = 100;
const MAX_PAGES = 3;
/** For how long the server knows a `ref` again is five minutes; some of them are spent on the way. */
const REF_KNOWN_MS = 280_000;

/** Something was refused, or could not be done. */
export class WeirError extends Error {
  /**
   * @param {string} message for people
   * @param {number} code of the error envelope, or that of the close; 408: no answer came in time
   * @param {{reason?: string, retryAfter?: number}} [details] why, in a word or as the close said; seconds to wait
   */
  constructor(message, code, { reason, retryAfter } = {}) {
    super(message);
    this.name = 'WeirError';
    this.code = code;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }
}

/** A client of one server: it has one connection at a time, one name, and is in as many channels as it joins. */
export class Weir {
  #url;
  #options;
  #socket = null;
  #state = 'closed';
  #opened = null;
  #attempts = 0;
  #timers = {};
  #listeners = new Map();
  #own = null;
  #channels = new Map();
  #refs = `${Math.random().toString(36).slice(2, 12)}-`;
  #sent = 0;
  #asked = new Map();
  #outbox = new Map();
  #unconfirmed = [];
  #wish = null;
  #user = null;
  #authenticated = false;
  #told = false;

  /**
   * @param {string | URL} url such as `ws://localhost:8080/fishing`; the path is the connection's own channel
   * @param {object} [options] `WebSocket`: the class, where there is none of that name; `random`: as Math.random; and
   *   times in ms: `silence` after which it looks whether the connection lives, `probing` how long it waits for that,
   *   `patience` for any other answer, `firstDelay` and `longestDelay` before it connects again, `settled` after which
   *   a connection counts as a good one
   */
  constructor(url, options = {}) {
    this.#url = new URL(url);
    this.#options = {
      WebSocket: globalThis.WebSocket, random: Math.random, silence: 20_000, probing: 4_000, patience: 15_000,
      firstDelay: 500, longestDelay: 30_000, settled: 10_000, ...options,
    };
  }

  /** The id of the URL's channel; null until the server has told it. */
  get channel() { return this.#own?.id ?? null; }
  /** The name that is held or, over a lost connection, is to be had again; null for nobody. */
  get user() { return this.#user; }
  /** Whether the server lets this client speak now. */
  get authenticated() { return this.#authenticated; }
  /** 'connecting', 'open', 'waiting' to connect again, or 'closed'. */
  get state() { return this.#state; }
  /** The ids of the channels joined beside the URL's, private chats included. */
  get channels() { return [...this.#channels.keys()].filter((id) => id !== this.channel); }
  /** The secret by which a guest takes his name back, for the `resume` of `identify`; null if there is none. */
  get resume() { return this.#wish?.fields.resume ?? null; }

  /** Connects, and keeps connected. @returns {Promise<object>} the first `connection`; rejects when refused for good */
  connect() {
    if (this.#state === 'closed') {
      this.#attempts = 0;
      const opened = { };
      opened.promise = new Promise((resolve, reject) => Object.assign(opened, { resolve, reject }));
      this.#opened = opened;
      this.#open();
    }
    return this.#opened.promise;
  }

  /** Ends the connection for good; what waits for an answer is rejected. */
  close() {
    if (this.#state !== 'closed') this.#drop(1000, 'closed by this client', null);
  }

  /** Takes a name as a guest. @returns {Promise<{user: string}>} when it is confirmed and one may speak */
  async identify(name, { resume } = {}) {
    await this.request('identity', { user: name, resume });
    if (!this.#authenticated) {
      await new Promise((resolve, reject) => this.#unconfirmed.push({ resolve, reject }));
    }
    return { user: this.#user };
  }

  /** Logs in to an account, by `{username, password}` or `{token}`. @returns {Promise<object>} the `auth` envelope */
  login({ username, password, token }) {
    return this.request('auth', token === undefined ? { username, password } : { token });
  }

  /** Becomes nobody; messages that wait to be sent are rejected. */
  async logout() {
    await this.request('logout');
    // The heartbeat that says so would else be taken for news of the next name.
    for (let waited = 0; this.#told && waited < this.#options.patience; waited += 50) await pause(50);
  }

  /**
   * Says something, as soon as there is a confirmed name; over a lost connection it is sent again, and said once.
   * @returns {Promise<{id: number, timestamp: number}>} once it is stored; `timestamp` in seconds
   */
  send(text, { channel } = {}) {
    if (this.#state === 'closed') return Promise.reject(new WeirError('not connected', LOST));
    return new Promise((resolve, reject) => {
      const ref = this.#nextRef();
      this.#outbox.set(ref, { ref, text, channel, resolve, reject, socket: null, user: null, since: 0, echo: null });
      this.#flush();
    });
  }

  /** A page of what was said, oldest first. @returns {Promise<{messages: object[], next?: number}>} */
  async history({ before, after, limit, channel } = {}) {
    const { messages, next } = await this.request('history', { before, after, limit, channel });
    return { messages, next };
  }

  /** Enters another channel, and again after each lost connection. */
  join(channel) { return this.request('join', { channel }); }

  /** Leaves a channel that was joined. */
  leave(channel) { return this.request('leave', { channel }); }

  /** Begins or enters a private chat with somebody in `channel`. @returns {Promise<object>} the `private` envelope */
  private(user, { channel } = {}) { return this.request('private', { user, channel }); }

  /** Sends any envelope. @returns {Promise<object>} the direct reply; rejects on an error, a lost connection, or none */
  request(type, fields = {}) {
    if (this.#state !== 'open') return Promise.reject(new WeirError('not connected', LOST));
    return new Promise((resolve, reject) => {
      const ref = this.#nextRef();
      const timer = setTimeout(() => {
        this.#asked.delete(ref);
        reject(new WeirError(`no answer to ${type}`, UNANSWERED));
      }, this.#options.patience);
      this.#asked.set(ref, { type, fields, resolve, reject, timer });
      this.tell(type, { ...fields, ref });
    });
  }

  /** Sends an envelope that needs no answer, if there is a connection. */
  tell(type, fields = {}) {
    if (this.#state === 'open') this.#socket.send(JSON.stringify({ type, ...fields }));
  }

  /** Looks whether the connection lives, and connects again if it does not; if that is waited for, does so at once. */
  probe() {
    if (this.#state === 'waiting') return this.#open();
    if (this.#state !== 'open' || this.#timers.probe) return;
    this.tell('ping');
    this.#after('probe', this.#options.probing, () => this.#drop(LOST, 'the connection is dead', 0));
  }

  /** Hears of envelopes by their type, and of state, gap, lost and identified. @returns {() => void} takes it off again */
  on(type, listener) {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  #emit(type, event) {
    for (const listener of [...this.#listeners.get(type) ?? []]) {
      try {
        listener(event);
      } catch (error) {
        console.error(error);
      }
    }
  }

  #nextRef() { return this.#refs + ++this.#sent; }

  #after(name, ms, action) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(() => {
      delete this.#timers[name];
      action();
    }, ms);
  }

  #turn(state, details = {}) {
    this.#state = state;
    this.#emit('state', { state, ...details });
  }

  #open() {
    this.#clearTimers();
    this.#rejectMessages((entry) => Date.now() - entry.since > REF_KNOWN_MS && entry.since > 0, new WeirError(
      'it was sent but never acknowledged: whether it was said is not known', LOST, { reason: 'unknown' }));
    const query = this.#own?.since === undefined ? '' : `&since=${this.#own.since}`;
    try {
      const socket = new this.#options.WebSocket(`${this.#url.href}?heartbeat=pong${query}`);
      socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
      socket.onclose = ({ code, reason }) => this.#drop(code, reason, this.#delay(code));
      socket.onerror = () => {};
      this.#socket = socket;
    } catch (error) {
      return this.#drop(LOST, error.message, null);
    }
    this.#after('attempt', this.#options.patience, () => this.#drop(LOST, 'no answer', this.#delay(LOST)));
    this.#turn('connecting');
  }

  /** Random, so that not all whose server went away come back at once; null: not to come back. */
  #delay(code) {
    if (FOR_GOOD.includes(code) || (code >= 4500 && code <= 4999)) return null;
    const { random, firstDelay, longestDelay } = this.#options;
    return Math.min(longestDelay, firstDelay * 2 ** this.#attempts++) * (1 + random()) / 2;
  }

  #clearTimers() {
    Object.values(this.#timers).forEach(clearTimeout);
    this.#timers = {};
  }

  /** The connection is gone or given up. @param delay in ms until the next one, or null for none */
  #drop(code, reason, delay) {
    this.#clearTimers();
    this.#abandonSocket();
    this.#authenticated = this.#told = false;
    for (const channel of this.#channels.values()) Object.assign(channel, { in: false, held: null });
    const error = new WeirError(reason || 'the connection was lost', code, { reason });
    this.#state = delay === null ? 'closed' : 'waiting';
    if (code === TOO_BIG) this.#rejectLongest(error);
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    for (const { reject, timer } of asked) {
      clearTimeout(timer);
      reject(error);
    }
    if (delay === null) {
      this.#opened.reject(error);
      this.#rejectMessages(() => true, error);
      this.#rejectUnconfirmed(error);
      this.#turn('closed', { code, reason });
    } else {
      this.#after('retry', delay, () => this.#open());
      this.#turn('waiting', { delay, code, reason });
    }
  }

  #abandonSocket() {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onmessage = socket.onclose = null;
    if (socket.terminate && this.#timers.probe) socket.terminate();
    else socket.close();
  }

  #receive(envelope) {
    clearTimeout(this.#timers.probe);
    delete this.#timers.probe;
    this.#after('silence', this.#options.silence, () => this.probe());
    const { type, ref } = envelope;
    const asked = this.#asked.get(ref);
    if (type === 'connection') this.#enter(envelope.id, envelope);
    envelope.channel ??= type === 'connection' ? envelope.id : this.channel;
    if (type === 'private') this.#enter(envelope.channel, envelope);
    if (type === 'leave') this.#forget(envelope.channel, new WeirError('the channel was left', 403));
    if (type === 'heartbeat') this.#beat(envelope.authenticated === 'true');
    if (type === 'logout') this.#becomeNobody(new WeirError('logged out', 401));
    if (type === 'identity' && envelope.success === 'true') this.#named(envelope, asked.fields);
    if (type === 'auth') this.#loggedIn(envelope, asked.fields);
    this.#answer(envelope);
    const channel = this.#channels.get(envelope.channel);
    if (channel?.held && ref === undefined) channel.held.push(envelope);
    else this.#deliver(channel, envelope);
  }

  /** Settles what an envelope is the reply to. */
  #answer(envelope) {
    const waiting = this.#asked.get(envelope.ref) ?? this.#outbox.get(envelope.ref);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.#asked.delete(envelope.ref);
    this.#outbox.delete(envelope.ref);
    if (envelope.type === 'error') {
      waiting.reject(new WeirError(envelope.message, envelope.code, envelope));
    } else if (envelope.success === 'false') {
      waiting.reject(new WeirError(`the name is ${envelope.reason}`, REFUSALS[envelope.reason], envelope));
    } else {
      const { id, timestamp } = envelope;
      waiting.resolve(envelope.type === 'ack' ? { id, timestamp } : envelope);
    }
  }

  #deliver(channel, envelope) {
    if (envelope.type === 'message' && channel) {
      if (envelope.id <= channel.last) return;
      channel.last = envelope.id;
      channel.since = Math.max(envelope.id, channel.since ?? 0);
      this.#recognise(envelope);
    }
    this.#emit(envelope.type, envelope);
  }

  /** A server that was started anew does not know a `ref` again; whoever has seen his message said need not repeat it. */
  #recognise({ id, timestamp, user, text, channel }) {
    const entry = [...this.#outbox.values()].find((one) => one.user === user && one.text === text && !one.echo
      && (one.channel ?? this.channel) === channel);
    if (entry) entry.echo = { id, timestamp };
  }

  /** The server has let this client into a channel: for the first time, or again. */
  #enter(id, envelope) {
    const first = this.#state === 'connecting';
    const known = this.#channels.get(id);
    const channel = known ?? { id, in: false, held: null, last: 0, since: undefined, due: false };
    this.#channels.set(id, channel);
    if (first) {
      this.#own = channel;
      this.#url = withChannel(this.#url, id);
    }
    if (!channel.in) {
      channel.in = true;
      if (first) this.#opening(envelope);
      const { recovered } = envelope;
      if (recovered !== "true") this.#catchUp(channel, recovered === "false" || (known !== undefined && known.since === undefined));
    }
  }

  #opening(envelope) {
    clearTimeout(this.#timers.attempt);
    this.#after('settled', this.#options.settled, () => { this.#attempts = 0; });
    this.#turn('open');
    this.#opened.resolve(envelope);
    this.#restore();
  }

  /** Has again what the last connection had: first the name, since private chats ask for it, then the channels. */
  async #restore() {
    const socket = this.#socket;
    try {
      await this.#patiently(() => this.#wish && this.request(this.#wish.type, this.#wish.fields));
    } catch (error) {
      if (socket === this.#socket) this.#loseName(error);
    }
    for (const channel of [...this.#channels.values()]) {
      try {
        if (socket === this.#socket && !channel.in) await this.#patiently(() => this.join(channel.id));
      } catch (error) {
        if (socket === this.#socket && !channel.in) this.#takenOut(channel, error);
      }
    }
  }

  async #patiently(ask) {
    for (const socket = this.#socket; ;) {
      try {
        return await ask();
      } catch (error) {
        if (!PASSING.includes(error.code) || socket !== this.#socket) throw error;
        await pause(1_000 * (error.retryAfter ?? 1));
      }
    }
  }

  #takenOut(channel, error) {
    this.#forget(channel.id, error);
    this.#emit('leave', { type: 'leave', channel: channel.id, error });
  }

  #forget(id, error) {
    this.#channels.delete(id);
    this.#rejectMessages((entry) => entry.channel === id && entry.socket !== this.#socket, error);
  }

  /** Says what was missed in a channel since it was last heard, then what has come meanwhile, and goes on live. */
  async #catchUp(channel, gap) {
    const socket = this.#socket;
    const after = channel.since;
    let missed = [];
    channel.held = after === undefined && !gap ? null : [];
    channel.due = false;
    try {
      missed = gap || after === undefined ? await this.#newest(channel) : await this.#missed(channel, after);
    } catch (error) {
      if (socket !== this.#socket || !channel.in) return;
      if (error.code === 403 || error.code === 404) return this.#takenOut(channel, error);
      if (error.code === 401) channel.due = true;
      else missed = null;
    }
    if (socket !== this.#socket || !channel.in) return;
    const held = channel.held ?? [];
    channel.held = null;
    if (!missed || (gap && !channel.due)) this.#emit('gap', { channel: channel.id, after });
    for (const envelope of [...missed ?? [], ...held]) this.#deliver(channel, envelope);
    this.#flush();
  }

  /** What is in the history now need not be replayed. */
  async #newest(channel) {
    const { messages } = await this.#patiently(() => this.history({ limit: 1, channel: channel.id }));
    channel.since = Math.max(channel.since ?? 0, messages[0]?.id ?? 0);
    return [];
  }

  /** What was said after a message; null if that is too much, or if that message is not known any more. */
  async #missed(channel, after) {
    const missed = [];
    for (let next = after - 1, page = 0; next !== undefined; page++) {
      if (page === MAX_PAGES) return null;
      const asked = { after: Math.max(next, 0), limit: PAGE, channel: channel.id };
      const history = await this.#patiently(() => this.history(asked));
      missed.push(...history.messages.map((message) => ({ type: 'message', ...message, channel: channel.id })));
      next = history.next;
    }
    return after === 0 || missed.shift()?.id === after ? missed : null;
  }

  #named({ resume }, { user }) {
    // Who is logged in to an account keeps its name, and gets no secret.
    if (resume === undefined) return;
    this.#user = user.trim().normalize('NFC');
    this.#wish = { type: 'identity', fields: { user, resume } };
    if (this.#authenticated) this.#confirmed();
    else this.#after('confirmation', this.#options.patience, () => this.#restore());
  }

  #loggedIn({ user }, { username, password, token }) {
    this.#user = user;
    this.#wish = { type: 'auth', fields: { username, password, token } };
    this.#confirmed();
    for (const channel of this.#channels.values()) if (channel.due) this.#catchUp(channel, false);
  }

  #confirmed() {
    clearTimeout(this.#timers.confirmation);
    this.#authenticated = true;
    this.#unconfirmed.splice(0).forEach(({ resolve }) => resolve());
    this.#emit('identified', { user: this.#user });
    this.#flush();
  }

  #beat(authenticated) {
    this.#told = authenticated;
    if (authenticated === this.#authenticated) return;
    if (authenticated) return this.#wish && this.#confirmed();
    // It has not heard this client for too long.
    this.#authenticated = false;
    this.#restore();
  }

  #becomeNobody(error) {
    clearTimeout(this.#timers.confirmation);
    this.#wish = this.#user = null;
    this.#authenticated = false;
    this.#rejectUnconfirmed(error);
    this.#rejectMessages((entry) => entry.socket !== this.#socket, error);
  }

  #loseName(error) {
    this.#wish = this.#user = null;
    this.#rejectUnconfirmed(error);
    this.#rejectMessages((entry) => entry.user !== null, error);
    this.#emit('lost', { error });
  }

  #rejectUnconfirmed(error) { this.#unconfirmed.splice(0).forEach(({ reject }) => reject(error)); }

  #rejectMessages(which, error) {
    for (const entry of [...this.#outbox.values()].filter(which)) {
      this.#outbox.delete(entry.ref);
      entry.reject(error);
    }
  }

  /** Whichever was too big for a frame would else be sent, and end the connection, over and over. */
  #rejectLongest(error) {
    const sent = [...this.#outbox.values()].filter((entry) => entry.user !== null);
    const longest = sent.reduce((one, other) => (other.text.length > one.text.length ? other : one), sent[0]);
    this.#rejectMessages((entry) => entry === longest, error);
  }

  /** Sends what waits and may be sent now, in order. */
  #flush() {
    if (!this.#authenticated) return;
    for (const entry of [...this.#outbox.values()]) {
      const { ref, text, channel } = entry;
      const place = this.#channels.get(channel ?? this.channel);
      if (entry.socket === this.#socket || (place && (!place.in || place.held))) continue;
      if (entry.echo) {
        this.#outbox.delete(ref);
        entry.resolve(entry.echo);
      } else if (entry.user !== null && entry.user !== this.#user) {
        this.#rejectMessages((one) => one === entry, new WeirError('it was sent under another name', 409));
      } else {
        Object.assign(entry, { socket: this.#socket, user: this.#user, since: entry.since || Date.now() });
        this.tell('message', { text, channel, ref });
      }
    }
  }
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The URL of the same channel: a path that names none gets a new one each time. */
function withChannel(url, id) {
  const path = url.pathname.replace(/\/$/, '');
  if (decodeURIComponent(path).endsWith(`/${id}`)) return url;
  return new URL(`${path}/${id.split('/').map(encodeURIComponent).join('/')}`, url);
}
