/**
 * Speaks the protocol of a Weir chat server, in a browser or in Node, also over lost connections: then the name and the
 * channels are had again, what was said meanwhile is heard, and what was not acknowledged is sent again. The ids of
 * `message` events rise in each channel: none comes twice, and none is missed unless a `gap` event says so.
 */

const [LOST, TOO_BIG, UNANSWERED, PAGE, MAX_PAGES] = [1006, 1009, 408, 100, 3];
const [STAY_OUT, TRY_AGAIN, OURS] = [[1002, 1003, 1007, 1008], [UNANSWERED, 429, 503], ['state', 'gap', 'identified', 'lost']];
const REFUSALS = { taken: 409, registered: 409, invalid: 400, banned: 403 };
const composed = (fields) => (typeof fields?.channel === 'string' // as the server has its ids
  ? { ...fields, channel: fields.channel.normalize('NFC') } : fields);
const parsed = (data) => { try { return Object(JSON.parse(data)); } catch { return {}; } }; // throwing ends Node
const REF_KNOWN_MS = 280_000; // of the five minutes for which the server does, a little is spent on the way

/**
 * Something was refused or could not be done: `code` is that of the error envelope or the close, or 408 where no answer
 * came in time; `reason` why, in a word or as the close said; `retryAfter` in seconds; `type` of the refusing envelope.
 */
export class WeirError extends Error {
  constructor(message, code, { reason, retryAfter, type } = {}) {
    super(message);
    Object.assign(this, { name: 'WeirError', code, reason, retryAfter, type });
  }
}

/**
 * A client of one server: it has one connection at a time, one name, and is in as many channels as it joins. Events are
 * the server's envelopes by type, each with its `channel`, and four more: `state` {state, delay, code, reason} with the
 * ms until it connects again and why it lost the connection; `gap` {channel, after}: too much was missed since that id,
 * read the history; `identified` {user}: one may speak, or may again; `lost` {error}: the name could not be had again.
 */
export class Weir {
  #url; #options; #socket = null; #state = 'closed'; #opening; #opened; #openedAt = 0; #attempts = 0; #timer;
  /**
   * By id: whether it is `in`, the `last` message delivered, `since` which one to catch up, what is `held` back, whether
   * it was still `behind` when the connection was lost, and when it has `begun`.
   */
  #channels = new Map(); #own = null; #listeners = new Map();
  /** What has no answer yet, by ref. Refs differ from those of other clients of the same name. */
  #asked = new Map(); #refs = `${Math.random().toString(36).slice(2, 12)}-`; #count = 0;
  /** The request by which the name was had, and what the last heartbeat said of it. */
  #wish = null; #user = null; #authenticated = false; #told = false;

  /**
   * @param {string | URL} url such as `ws://localhost:8080/fishing`; the path is the connection's own channel
   * @param {object} [options] `WebSocket`: the class, where there is none of that name; `random`: as Math.random; in ms
   *   `silence` after which to look whether the connection lives, `probing` how long to wait for that, `patience` for
   *   other answers, `firstDelay` and `longestDelay` before connecting again, `settled` after which these begin anew
   */
  constructor(url, options = {}) {
    this.#url = new URL(url);
    this.#options = { WebSocket: globalThis.WebSocket, random: Math.random, silence: 20_000, probing: 4_000,
      patience: 15_000, firstDelay: 500, longestDelay: 30_000, settled: 10_000, ...options };
  }

  /** The id of the URL's channel; null until the server has told it. */
  get channel() { return this.#own?.id ?? null; }
  /** The name that is held or, over a lost connection, is to be had again; null for nobody. */
  get user() { return this.#user; }
  /** Whether this client may speak now. */
  get authenticated() { return this.#authenticated; }
  /** 'connecting', 'open', 'waiting' to connect again, or 'closed'. */
  get state() { return this.#state; }
  /** The ids of the channels joined beside the URL's, private chats included. */
  get channels() { return [...this.#channels.keys()].filter((id) => id !== this.channel); }
  /** The secret by which a guest takes his name back, for `identify`; null if there is none. */
  get resume() { return this.#wish?.[1].resume ?? null; }

  /** Connects, and keeps connected. @returns {Promise<object>} the first `connection`; rejects if refused for good */
  connect() {
    if (this.#state !== 'closed') return this.#opening;
    this.#attempts = 0;
    this.#opening = new Promise((resolve, reject) => { this.#opened = { resolve, reject }; });
    try { this.#open(); } catch (error) { this.#drop(LOST, `cannot connect: ${error.message}`, null); }
    return this.#opening;
  }
  /** Ends the connection for good; what waits for an answer is rejected. */
  close() { if (this.#state !== 'closed') this.#drop(1000, 'closed by this client', null); }

  /** Takes a name as a guest. @returns {Promise<{user: string}>} when it is confirmed; rejects with the `reason` */
  async identify(name, { resume } = {}) {
    // After a logout a heartbeat is still to come, which would be taken for news of this name.
    while (this.#told && !this.#authenticated) await new Promise((resolve) => setTimeout(resolve, 50));
    await this.request('identity', { user: name, resume });
    if (!this.#authenticated) await this.#ask(null, { lasts: true })[0];
    return { user: this.#user };
  }
  /** Logs in to an account, by `{username, password}` or `{token}`. @returns {Promise<object>} the `auth` envelope */
  login({ username, password, token }) { return this.request('auth', { username, password, token }); }
  /** Becomes nobody; messages that wait to be sent are rejected. @returns {Promise<object>} */
  logout() { return this.request('logout'); }
  /** Says something, once there is a confirmed name, and once. @returns {Promise<{id: number, timestamp: number}>} */
  send(text, { channel } = {}) {
    if (this.#state === 'closed') return Promise.reject(new WeirError('not connected', LOST));
    const [answer] = this.#ask(composed({ text, channel }), { lasts: true });
    this.#flush();
    return answer;
  }
  /** What was said, oldest first. @returns {Promise<{messages: object[], next?: number}>} `next` is to page on with */
  history({ before, after, limit, channel } = {}) { return this.request('history', { before, after, limit, channel }); }
  /** Enters another channel, and again after each lost connection. @returns {Promise<object>} its `connection`, as soon
   * as it is known from where on something could be missed */
  async join(channel) {
    const envelope = await this.request('join', { channel });
    await this.#channels.get(envelope.id)?.begun;
    return envelope;
  }
  /** Leaves a channel that was joined. @returns {Promise<object>} */
  leave(channel) { return this.request('leave', { channel }); }
  /** Begins or enters a chat with somebody who is in `channel`. @returns {Promise<object>} the `private` envelope */
  private(user, { channel } = {}) { return this.request('private', { user, channel }); }
  /** Sends any envelope. @returns {Promise<object>} the reply; rejects on an error, a lost connection or no answer */
  request(type, fields = {}) {
    if (this.#state !== 'open') return Promise.reject(new WeirError('not connected', LOST));
    const [answer, ref] = this.#ask(composed(fields), { timer: setTimeout(() => this.#answer(
      { type: 'error', ref, code: UNANSWERED, message: `no answer to ${type}` }), this.#options.patience) });
    this.tell(type, { ...fields, ref });
    return answer;
  }
  /** Sends an envelope that needs no answer, if there is a connection. */
  tell(type, fields = {}) { if (this.#state === 'open') this.#socket.send(JSON.stringify({ type, ...fields })); }
  /** Looks whether the connection lives, and connects again if it does not; if that is waited for, does so at once. */
  probe() {
    if (this.#state === 'waiting') return this.#open();
    this.tell('ping');
    if (this.#state === 'open') this.#after(this.#options.probing, () => this.#drop(LOST, 'the connection is dead', 0));
  }
  /** Hears of envelopes by type, and of state, gap, lost, identified. @returns {() => void} takes the listener off */
  on(type, listener) {
    this.#listeners.set(type, (this.#listeners.get(type) ?? new Set()).add(listener));
    return () => this.#listeners.get(type).delete(listener);
  }
  #emit(type, event) {
    for (const listener of [...this.#listeners.get(type) ?? []]) {
      try { listener(event); } catch (error) { console.error(error); }
    }
  }
  /** Only one thing is waited for at a time: to connect again, to be let in, a sign of life. */
  #after(ms, action) { clearTimeout(this.#timer); this.#timer = setTimeout(action, ms); }

  #open({ WebSocket } = this.#options) {
    this.#url.search = '?heartbeat=pong' + (this.#own?.since === undefined ? '' : `&since=${this.#own.since}`);
    this.#socket = Object.assign(new WebSocket(this.#url.href), {
      onmessage: ({ data }) => this.#receive(parsed(data)),
      onclose: ({ code, reason }) => this.#drop(code, reason), onerror: () => {},
    });
    this.#after(this.#options.patience, () => this.#drop(LOST, 'no answer'));
    this.#emit('state', { state: this.#state = 'connecting' });
  }
  /** In ms until it connects again, random so that not all come back at once; null: it is not to. */
  #delay(code) {
    const { random, firstDelay, longestDelay, settled } = this.#options;
    if (STAY_OUT.includes(code) || (code >= 4500 && code <= 4999)) return null;
    if (this.#state === 'open' && Date.now() - this.#openedAt > settled) this.#attempts = 0;
    return Math.min(longestDelay, firstDelay * 2 ** this.#attempts++) * (1 + random()) / 2;
  }
  #drop(code, reason, delay = this.#delay(code)) {
    const error = new WeirError(reason || 'the connection was lost', code, { reason });
    clearTimeout(this.#timer);
    Object.assign(this.#socket ?? {}, { onmessage: null, onclose: null }).close?.();
    [this.#socket, this.#told, this.#authenticated] = [null, false, false];
    for (const channel of this.#channels.values()) {
      // Lost again before it had caught up: what it misses has added up over several losses.
      channel.behind ||= this.#state === 'open' && (!channel.in || channel.held !== null);
      Object.assign(channel, { in: false, held: null });
    }
    this.#reject((one) => !one.lasts || (code === TOO_BIG && one.socket), error); // which would end the next one too
    this.#state = delay === null ? 'closed' : 'waiting';
    if (delay !== null) this.#after(delay, () => this.#open());
    if (delay === null) this.#becomeNobody(error);
    if (delay === null) this.#opened.reject(error);
    this.#emit('state', { state: this.#state, delay, code, reason });
  }

  #receive(envelope) {
    const [{ type, ref }, asked] = [envelope, this.#asked.get(envelope.ref)];
    if (type === 'connection') this.#enter(envelope.id, envelope);
    if (this.#state === 'open') this.#after(this.#options.silence, () => this.probe());
    envelope.channel ??= type === 'connection' ? envelope.id : this.channel;
    if (type === 'private') this.#enter(envelope.channel, envelope);
    if (type === 'leave' && this.#channels.delete(envelope.channel)) this.#flush();
    if (type === 'heartbeat') this.#told = envelope.authenticated === 'true';
    if (type === 'heartbeat' && this.#told && this.#wish && !this.#authenticated) this.#confirm();
    if (type === 'heartbeat' && !this.#told && this.#authenticated) this.#restore();
    if (type === 'pong' && this.#wish && !this.#authenticated) this.#restore(); // it may be lost without a word
    if (type === 'logout') this.#becomeNobody(new WeirError('logged out', 401));
    if (asked && (type === 'auth' || (type === 'identity' && envelope.resume))) this.#named(envelope, asked.fields);
    this.#answer(envelope);
    const channel = this.#channels.get(envelope.channel);
    if (channel?.held && ref === undefined && type !== 'connection') channel.held.push(envelope);
    else this.#deliver(envelope, channel);
  }
  #deliver(envelope, channel) {
    const { type, id, user, text, timestamp } = envelope;
    if (type === 'message' && channel) {
      if (!(id > channel.last)) return;
      Object.assign(channel, { last: id, since: Math.max(id, channel.since ?? 0) });
      // As good as the acknowledgement, which may be lost; and a server that was started anew knows no refs.
      const said = [...this.#asked.values()].find((one) => one.user === user && one.fields.text === text
        && (one.fields.channel ?? this.channel) === channel.id);
      if (said) this.#answer({ type: 'ack', ref: said.ref, id, timestamp });
    }
    if (!OURS.includes(type)) this.#emit(type, envelope);
  }

  /** The server has let this client into a channel, for the first time or again. */
  #enter(id, envelope) {
    const [known, caughtUp] = [this.#channels.get(id), envelope.recovered === 'true'];
    if (known?.in) return;
    const channel = Object.assign(known ?? { id, last: 0 }, { in: true, held: known && !caughtUp ? [] : null });
    this.#channels.set(id, channel);
    if (this.#state === 'open') return void (channel.begun = this.#catchUp(channel, known));
    this.#own = channel;
    // Without an id it would be a new channel each time.
    const path = decodeURIComponent(this.#url.pathname).normalize('NFC').replace(/\/$/, '');
    if (!path.endsWith(`/${id}`)) this.#url.pathname = `${path}/${id}`;
    this.#openedAt = Date.now();
    this.#emit('state', { state: this.#state = 'open' });
    this.#opened.resolve(envelope);
    this.#restore(() => caughtUp || this.#catchUp(channel, known));
  }

  /** Has again what the last connection had: first the name, since private chats ask for it, then the channels. */
  async #restore(next = () => {}) {
    const socket = this.#socket;
    this.#authenticated = false;
    const error = await this.#patiently(() => this.#wish && this.request(...this.#wish));
    if (error) this.#becomeNobody(error);
    if (error) this.#emit('lost', { error });
    if (socket === this.#socket) next();
    for (const channel of [...this.#channels.values()]) {
      const refusal = await this.#patiently(() => socket !== this.#socket || channel.in
        || this.request('join', { channel: channel.id }));
      if (refusal && !channel.in) this.#receive({ type: 'leave', channel: channel.id, error: refusal });
    }
  }
  /** Asks until there is an answer. @returns what went wrong, unless it is that the connection was lost */
  async #patiently(ask) {
    for (const socket = this.#socket; socket === this.#socket;) {
      try { return void await ask(); } catch (error) {
        if (socket !== this.#socket) return undefined;
        if (!TRY_AGAIN.includes(error.code)) return error;
        await new Promise((resolve) => setTimeout(resolve, 1_000 * (error.retryAfter ?? 1)));
      }
    }
  }
  /**
   * Says what was missed in a channel, then what has come meanwhile, and goes on live. If the connection is lost over that,
   * says what has been fetched so far: the next one goes on from there.
   */
  async #catchUp(channel, known) {
    const [socket, after, missed] = [this.#socket, channel.since, []];
    const isWhole = await this.#fetch(channel, after, missed).catch(() => false);
    if (this.#channels.get(channel.id) !== channel) return;
    const isLost = socket !== this.#socket;
    for (const message of isWhole || isLost ? missed : []) {
      this.#deliver({ type: 'message', ...message, channel: channel.id }, channel);
    }
    if (isLost) return;
    channel.behind = false;
    const held = channel.held ?? [];
    channel.held = null;
    if (known && (after === undefined || !isWhole)) this.#emit('gap', { channel: channel.id, after });
    for (const envelope of held) this.#deliver(envelope, channel);
    this.#flush();
  }
  /** Fetches what was said since a message; false if that is too much, or it is not known any more, as others then may be. */
  async #fetch(channel, since, missed) {
    if (since === undefined) {
      const { messages } = await this.#page({ limit: 1, channel: channel.id });
      channel.since ??= messages.pop()?.id ?? 0;
      return true;
    }
    for (let page = 0, after = Math.max(since - 1, 0); page < MAX_PAGES || channel.behind; page++) {
      const { messages, next } = await this.#page({ after, limit: PAGE, channel: channel.id });
      if (page === 0 && since > 0 && messages.shift()?.id !== since) return false;
      missed.push(...messages);
      if (next === undefined) return true;
      after = next;
    }
    return false;
  }
  async #page(fields) {
    let page;
    const error = await this.#patiently(async () => { page = await this.history(fields); });
    if (!page) throw error ?? new WeirError('the connection was lost', LOST);
    return page;
  }

  #named({ type, user, resume }, fields) {
    this.#user = user ?? fields.user.trim().normalize('NFC');
    this.#wish = [type, { ...fields, resume, room: undefined }];
    if (type === 'auth' || this.#authenticated) this.#confirm();
  }
  #confirm() {
    this.#authenticated = true;
    this.#emit('identified', { user: this.#user });
    this.#flush();
  }
  #becomeNobody(error) {
    [this.#wish, this.#user, this.#authenticated] = [null, null, false];
    this.#reject((one) => one.lasts && one.socket !== this.#socket, error);
  }

  #ask(fields, details) {
    const ref = this.#refs + ++this.#count;
    return [new Promise((resolve, reject) => this.#asked.set(ref, { ...details, ref, fields, resolve, reject })), ref];
  }
  #answer(envelope) {
    const { ref, type, code, success, reason, message = `the name is ${reason}` } = envelope;
    const asked = this.#asked.get(ref);
    if (asked && type !== 'error' && success !== 'false') this.#take(asked).resolve(envelope);
    else if (asked) this.#take(asked).reject(new WeirError(message, code ?? REFUSALS[reason], envelope));
  }
  #reject(which, why) { for (const asked of [...this.#asked.values()].filter(which)) this.#take(asked).reject(why); }
  #take(asked) {
    clearTimeout(asked.timer);
    this.#asked.delete(asked.ref);
    return asked;
  }
  /** Settles who waits for the name to be confirmed, and sends what waits for that and may be sent now, in order. */
  #flush() {
    for (const asked of this.#authenticated ? [...this.#asked.values()] : []) {
      const { fields, ref, lasts, socket, user = this.#user, sentAt = Date.now() } = asked;
      const place = this.#channels.get(fields?.channel ?? this.channel);
      if (!fields) this.#answer({ ref });
      if (!fields || !lasts || socket === this.#socket || (place && (!place.in || place.held))) continue;
      Object.assign(asked, { user, sentAt, socket: this.#socket });
      if (user === this.#user && Date.now() - sentAt < REF_KNOWN_MS) this.tell('message', { ...fields, ref });
      else this.#take(asked).reject(new WeirError('whether it was said is not known', LOST, { reason: 'unknown' }));
    }
  }
}
