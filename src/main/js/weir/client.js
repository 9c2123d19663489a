// @ts-check
/** @import { ClientOptions, Envelope, EventOf, Fields, MessageFields } from './types.js' */
/** @import { ConnectionLoss } from './connection.js' */
/** @import { PendingRequest } from './requests.js' */
import { Connection } from './connection.js';
import { CONNECTION_LOST, WeirError } from './error.js';
import { Listeners } from './listeners.js';
import { Outbox } from './outbox.js';
import { JoinedChannel, fetchMissed, retry } from './recovery.js';
import { Requests } from './requests.js';

const FRAME_TOO_BIG = 1009;
const LOGOUT_POLL_MS = 50;
/** Events of the client itself; an envelope of such a type is not one. */
const CLIENT_EVENTS = ['state', 'gap', 'identified', 'lost'];

/**
 * Channel ids are in NFC on the server.
 * @param {Fields} fields
 * @returns {Fields}
 */
const withNormalizedChannel = (fields) =>
  typeof fields?.channel === 'string' ? { ...fields, channel: fields.channel.normalize('NFC') } : fields;

/**
 * A client of a Weir chat server, in a browser or in Node. It has one connection, one name, and any number of channels.
 *
 * After a lost connection it restores the name and the channels, fetches the messages and changes that were missed, and
 * sends again the messages that were not acknowledged. The ids of `message` events rise within each channel: no message
 * comes twice, and none is missing unless a `gap` event says so. A change may come again, and is missing only if the server
 * could not replay it; the history has the current state.
 *
 * Events are the server's envelopes, named by their type, each with its `channel`, and four more: `state`, `gap`,
 * `identified` and `lost` (see ClientEvents).
 */
export class Weir {
  #url;
  #options;
  #connection;
  #listeners = new Listeners();
  #requests = new Requests();
  #outbox = new Outbox(this.#requests);
  /** @type {Map<string, JoinedChannel>} */
  #channels = new Map();
  /**
   * The channel of the URL.
   * @type {JoinedChannel | null}
   */
  #own = null;
  /**
   * What `connect` returned.
   * @type {PromiseWithResolvers<Envelope> | null}
   */
  #opening = null;
  /**
   * The request that gave the client its name, to be repeated on the next connection.
   * @type {{ type: string, fields: Fields } | null}
   */
  #login = null;
  /** @type {string | null} */
  #user = null;
  #isAuthenticated = false;
  /** Whether the last heartbeat said that the client is authenticated. */
  #isHeartbeatAuthenticated = false;

  /**
   * @param {string | URL} url for example `ws://localhost:8080/fishing`; the path is the connection's own channel
   * @param {Partial<ClientOptions>} [options]
   */
  constructor(url, options = {}) {
    this.#url = new URL(url);
    this.#options = {
      WebSocket: globalThis.WebSocket,
      random: Math.random,
      silence: 20_000,
      probing: 4_000,
      patience: 15_000,
      firstDelay: 500,
      longestDelay: 30_000,
      settled: 10_000,
      ...options,
    };
    this.#connection = new Connection(this.#options, {
      address: () => this.#address(),
      connecting: () => this.#notify('state', { state: 'connecting' }),
      receive: (envelope) => this.#receive(envelope),
      lost: (loss) => this.#connectionLost(loss),
    });
  }

  /** The id of the URL's channel; null until the server has told it. */
  get channel() {
    return this.#own?.id ?? null;
  }

  /** The client's name, also while it is restored after a lost connection; null: none. */
  get user() {
    return this.#user;
  }

  /** Whether the client may send messages now. */
  get authenticated() {
    return this.#isAuthenticated;
  }

  /** The state of the connection. */
  get state() {
    return this.#connection.state;
  }

  /** The ids of the channels joined besides the URL's, private chats included. */
  get channels() {
    return [...this.#channels.keys()].filter((id) => id !== this.channel);
  }

  /**
   * The secret by which a guest takes the name back, for `identify`; null: none.
   * @returns {string | null}
   */
  get resume() {
    return this.#login?.fields.resume ?? null;
  }

  /**
   * Connects, and stays connected.
   * @returns {Promise<Envelope>} the first `connection` envelope; rejected if the server refuses for good
   */
  connect() {
    if (this.state !== 'closed' && this.#opening) {
      return this.#opening.promise;
    }
    /** @type {any} */
    const opening = {};
    opening.promise = new Promise((resolve, reject) => Object.assign(opening, { resolve, reject }));
    this.#opening = opening;
    this.#connection.start();
    return opening.promise;
  }

  /** Ends the connection for good, and rejects what waits for an answer. */
  close() {
    this.#connection.close();
  }

  /**
   * Takes a name as a guest.
   * @param {string} name
   * @param {{ resume?: string }} [options] `resume`: the secret by which the name was held before
   * @returns {Promise<{ user: string | null }>} when the server has confirmed the name; rejected with the `reason`
   */
  async identify(name, { resume } = {}) {
    // After a logout a heartbeat is still to come, which must not be taken for one about this name.
    while (this.#isHeartbeatAuthenticated && !this.#isAuthenticated) {
      await new Promise((resolve) => setTimeout(resolve, LOGOUT_POLL_MS));
    }
    await this.request('identity', { user: name, resume });
    if (!this.#isAuthenticated) {
      await this.#requests.add('confirmation').answer;
    }
    return { user: this.#user };
  }

  /**
   * Logs in to an account, by name and password or by a token.
   * @param {{ username?: string, password?: string, token?: string }} credentials
   * @returns {Promise<Envelope>} the `auth` envelope
   */
  login({ username, password, token }) {
    return this.request('auth', { username, password, token });
  }

  /**
   * Gives the name up. Messages that wait to be sent are rejected.
   * @returns {Promise<Envelope>}
   */
  logout() {
    return this.request('logout');
  }

  /**
   * Sends a message once, as soon as the client has a confirmed name.
   * @param {string} text
   * @param {{ channel?: string, replyTo?: number }} [options] the URL's channel by default; the id of a message that
   *   this one answers
   * @returns {Promise<{ id: number, timestamp: number }>} the acknowledgement
   */
  send(text, { channel, replyTo } = {}) {
    if (this.state === 'closed') {
      return Promise.reject(new WeirError('not connected', CONNECTION_LOST));
    }
    const acknowledged = this.#outbox.add(withNormalizedChannel({ text, channel, replyTo }));
    this.#flush();
    return acknowledged;
  }

  /**
   * Reads a page of a channel's history, oldest message first.
   * @param {{ before?: number, after?: number, limit?: number, channel?: string }} [page]
   * @returns {Promise<{ messages: MessageFields[], next?: number }>} `next`: for `before` or `after` of the next page
   */
  history({ before, after, limit, channel } = {}) {
    /** @type {Promise<any>} */
    const answer = this.request('history', { before, after, limit, channel });
    return answer;
  }

  /**
   * Joins another channel, and joins it again after each lost connection.
   * @param {string} channel
   * @returns {Promise<Envelope>} its `connection` envelope, once messages that are missed from now on can be found
   */
  async join(channel) {
    const envelope = await this.request('join', { channel });
    await this.#channels.get(envelope.id)?.ready;
    return envelope;
  }

  /**
   * Leaves a channel that was joined.
   * @param {string} channel
   * @returns {Promise<Envelope>}
   */
  leave(channel) {
    return this.request('leave', { channel });
  }

  /**
   * Keeps how far the account has read a channel. It only moves forward, so this may be called for every message.
   * @param {number} id of the last message that was read
   * @param {{ channel?: string }} [options] the URL's channel by default
   * @returns {Promise<Envelope>}
   */
  markRead(id, { channel } = {}) {
    return this.request('read', { id, channel });
  }

  /**
   * Changes the text of the client's own message. Every member receives the change as an `edit` event.
   * @param {number} id of the message
   * @param {string} text
   * @param {{ channel?: string }} [options] the URL's channel by default
   * @returns {Promise<Envelope>} rejected if the message belongs to another user or does not exist
   */
  edit(id, text, { channel } = {}) {
    return this.request('edit', { id, text, channel });
  }

  /**
   * Deletes a message: the client's own one or, as a moderator, that of another user. Every member receives a `delete` event.
   * @param {number} id of the message
   * @param {{ channel?: string }} [options] the URL's channel by default
   * @returns {Promise<Envelope>} rejected if the client may not delete the message or it does not exist
   */
  delete(id, { channel } = {}) {
    return this.request('delete', { id, channel });
  }

  /**
   * Reacts to a message. Every member receives a `react` event, unless the reaction is there already.
   * @param {number} id of the message
   * @param {string} emoji a single one
   * @param {{ channel?: string }} [options] the URL's channel by default
   * @returns {Promise<Envelope>}
   */
  react(id, emoji, { channel } = {}) {
    return this.request('react', { id, emoji, channel });
  }

  /**
   * Takes a reaction back. Every member receives an `unreact` event, unless there is no such reaction.
   * @param {number} id of the message
   * @param {string} emoji
   * @param {{ channel?: string }} [options] the URL's channel by default
   * @returns {Promise<Envelope>}
   */
  unreact(id, emoji, { channel } = {}) {
    return this.request('unreact', { id, emoji, channel });
  }

  /**
   * Starts or enters the private chat with a user.
   * @param {string} user
   * @param {{ channel?: string }} [options] a channel that both are in
   * @returns {Promise<Envelope>} the `private` envelope
   */
  private(user, { channel } = {}) {
    return this.request('private', { user, channel });
  }

  /**
   * Sends any envelope, and waits for the reply.
   * @param {string} type
   * @param {Fields} [fields]
   * @returns {Promise<Envelope>} rejected by an error envelope, by a lost connection, or if there is no reply
   */
  request(type, fields = {}) {
    if (this.state !== 'open') {
      return Promise.reject(new WeirError('not connected', CONNECTION_LOST));
    }
    const request = this.#requests.add('request', withNormalizedChannel(fields));
    this.#requests.expire(request, this.#options.patience, type);
    this.tell(type, { ...fields, ref: request.ref });
    return request.answer;
  }

  /**
   * Sends an envelope that needs no reply, if there is a connection.
   * @param {string} type
   * @param {Fields} [fields]
   */
  tell(type, fields = {}) {
    this.#connection.send({ type, ...fields });
  }

  /** Checks that the connection is alive, and reconnects otherwise. If the client waits to reconnect, it does so now. */
  probe() {
    this.#connection.probe();
  }

  /**
   * Adds a listener for envelopes of a type, or for `state`, `gap`, `identified` or `lost`.
   * @template {string} T
   * @param {T} type
   * @param {(event: EventOf<T>) => void} listener
   * @returns {() => void} removes the listener
   */
  on(type, listener) {
    return this.#listeners.add(type, listener);
  }

  /**
   * @template {string} T
   * @param {T} type
   * @param {EventOf<T>} event
   */
  #notify(type, event) {
    this.#listeners.notify(type, event);
  }

  #address() {
    const since = this.#own?.position;
    this.#url.search = `?heartbeat=pong${since === undefined ? '' : `&since=${since}`}`;
    return this.#url.href;
  }

  /** @param {ConnectionLoss} loss */
  #connectionLost({ wasOpen, code, reason, delay }) {
    const error = new WeirError(reason || 'the connection was lost', code, { reason });
    this.#isAuthenticated = false;
    this.#isHeartbeatAuthenticated = false;
    this.#channels.forEach((channel) => channel.connectionLost(wasOpen));
    this.#requests.rejectIf(({ kind }) => kind === 'request', error);
    if (code === FRAME_TOO_BIG) {
      // Otherwise the same message would end the next connection too.
      this.#requests.rejectIf(({ delivery }) => delivery !== undefined, error);
    }
    if (delay === null) {
      this.#becomeAnonymous(error);
      this.#opening?.reject(error);
    }
    this.#notify('state', { state: this.state, delay, code, reason });
  }

  /** @param {Envelope} envelope */
  #receive(envelope) {
    const { type, ref } = envelope;
    const request = this.#requests.get(ref);
    if (type === 'connection') {
      this.#channelJoined(envelope.id, envelope);
    }
    envelope.channel ??= type === 'connection' ? envelope.id : this.channel;
    this.#update(envelope, request);
    this.#requests.settle(envelope);
    const channel = this.#channels.get(envelope.channel);
    if (channel?.held && ref === undefined && type !== 'connection') {
      channel.held.push(envelope);
    } else {
      this.#deliver(envelope, channel);
    }
  }

  /**
   * Updates the client's state.
   * @param {Envelope} envelope
   * @param {PendingRequest | undefined} request which the envelope answers
   */
  #update(envelope, request) {
    switch (envelope.type) {
      case 'private':
        this.#channelJoined(envelope.channel, envelope);
        break;
      case 'leave':
        if (this.#channels.delete(envelope.channel)) {
          this.#flush();
        }
        break;
      case 'heartbeat':
        this.#heartbeat(envelope.authenticated === 'true');
        break;
      case 'pong':
        // The server does not tell if it freed a name that was not confirmed yet.
        if (this.#login && !this.#isAuthenticated) {
          this.#restore();
        }
        break;
      case 'logout':
        this.#becomeAnonymous(new WeirError('logged out', 401));
        break;
      case 'auth':
      case 'identity':
        if (request && (envelope.type === 'auth' || envelope.resume)) {
          this.#nameGiven(envelope, request.fields);
        }
        break;
      default:
    }
  }

  /** @param {boolean} isAuthenticated */
  #heartbeat(isAuthenticated) {
    this.#isHeartbeatAuthenticated = isAuthenticated;
    if (isAuthenticated && this.#login && !this.#isAuthenticated) {
      this.#nameConfirmed();
    } else if (!isAuthenticated && this.#isAuthenticated) {
      this.#restore();
    }
  }

  /**
   * @param {Envelope} envelope
   * @param {JoinedChannel | undefined} channel
   */
  #deliver(envelope, channel) {
    if (envelope.type === 'message' && channel) {
      const message = /** @type {Envelope & MessageFields} */ (envelope);
      if (!channel.advance(message.id)) {
        return;
      }
      this.#outbox.acknowledge(message, (id) => (id ?? this.channel) === channel.id);
    } else if (channel && typeof envelope.seq === 'number') {
      channel.changed(envelope.seq);
    }
    if (!CLIENT_EVENTS.includes(envelope.type)) {
      this.#listeners.notify(envelope.type, envelope);
    }
  }

  /**
   * The server has let the client into a channel, for the first time or again.
   * @param {string} id
   * @param {Envelope} envelope
   */
  #channelJoined(id, envelope) {
    const known = this.#channels.get(id);
    if (known?.isJoined) {
      return;
    }
    const isRecovered = envelope.recovered === 'true';
    const channel = known ?? new JoinedChannel(id);
    channel.joined(known !== undefined && !isRecovered);
    this.#channels.set(id, channel);
    if (this.state === 'open' && isRecovered) {
      channel.ready = this.#awaitReplay(channel);
    } else if (this.state === 'open') {
      channel.ready = this.#catchUp(channel, known !== undefined);
    } else {
      this.#opened(channel, envelope, () => isRecovered || this.#catchUp(channel, known !== undefined));
    }
  }

  /**
   * Waits until the server has replayed what was missed in a channel: its reply to a request there comes behind that.
   * A message that turns out to be stored must not be sent again.
   * @param {JoinedChannel} channel
   */
  async #awaitReplay(channel) {
    const isCurrent = this.#whileConnected();
    channel.isReplaying = true;
    await this.#page({ limit: 1, channel: channel.id }, isCurrent).catch(() => {});
    if (isCurrent()) {
      channel.isReplaying = false;
      channel.isBehind = false;
      this.#flush();
    }
  }

  /**
   * The server has let the client into the URL's channel: the connection is open.
   * @param {JoinedChannel} channel
   * @param {Envelope} envelope
   * @param {() => unknown} catchUp
   */
  #opened(channel, envelope, catchUp) {
    this.#own = channel;
    // Without an id, each connection would be given a new channel.
    const path = decodeURIComponent(this.#url.pathname).normalize('NFC').replace(/\/$/, '');
    if (!path.endsWith(`/${channel.id}`)) {
      this.#url.pathname = `${path}/${channel.id}`;
    }
    this.#connection.opened();
    this.#notify('state', { state: 'open' });
    this.#opening?.resolve(envelope);
    this.#restore(catchUp);
  }

  /**
   * Restores what the last connection had: first the name, since private chats require it, then the channels.
   * @param {() => unknown} [catchUp] in the URL's channel
   */
  async #restore(catchUp = () => {}) {
    const isCurrent = this.#whileConnected();
    this.#isAuthenticated = false;
    const error = await retry(() => this.#login && this.request(this.#login.type, this.#login.fields), isCurrent);
    if (error) {
      this.#becomeAnonymous(error);
      this.#notify('lost', { error });
    }
    if (isCurrent()) {
      catchUp();
    }
    for (const channel of [...this.#channels.values()]) {
      await this.#rejoin(channel, isCurrent);
    }
  }

  /**
   * @param {JoinedChannel} channel
   * @param {() => boolean} isCurrent
   */
  async #rejoin(channel, isCurrent) {
    const { id } = channel;
    const join = () => this.request('join', { channel: id, since: channel.position });
    const refusal = await retry(() => channel.isJoined || join(), isCurrent);
    if (refusal && !channel.isJoined) {
      this.#receive({ type: 'leave', channel: id, error: refusal });
    }
  }

  /**
   * Delivers the messages that were missed in a channel, then those that came meanwhile. If the connection is lost before
   * that is done, delivers what was fetched; the next connection continues from there.
   * @param {JoinedChannel} channel
   * @param {boolean} isKnown whether the client was in the channel before
   */
  async #catchUp(channel, isKnown) {
    const isCurrent = this.#whileConnected();
    const after = channel.since;
    /** @type {MessageFields[]} */
    const missed = [];
    const isComplete = await fetchMissed(channel, (fields) => this.#page(fields, isCurrent), missed).catch(() => false);
    if (this.#channels.get(channel.id) !== channel) {
      return;
    }
    const isLost = !isCurrent();
    for (const message of isComplete || isLost ? missed : []) {
      this.#deliver({ type: 'message', ...message, channel: channel.id }, channel);
    }
    if (isLost) {
      return;
    }
    const held = channel.caughtUp();
    if (isKnown && (after === undefined || !isComplete)) {
      this.#notify('gap', { channel: channel.id, after });
    }
    for (const envelope of held) {
      this.#deliver(envelope, channel);
    }
    this.#flush();
  }

  /**
   * @param {Fields} fields
   * @param {() => boolean} isCurrent
   */
  async #page(fields, isCurrent) {
    /** @type {{ messages: MessageFields[], next?: number } | undefined} */
    let page;
    const error = await retry(async () => {
      page = await this.history(fields);
    }, isCurrent);
    if (!page) {
      throw error ?? new WeirError('the connection was lost', CONNECTION_LOST);
    }
    return page;
  }

  /** @returns {() => boolean} whether the connection is still the one that it is now */
  #whileConnected() {
    const { socket } = this.#connection;
    return () => socket === this.#connection.socket;
  }

  /**
   * @param {Envelope} envelope
   * @param {Fields} fields of the request
   */
  #nameGiven({ type, user, resume }, fields) {
    this.#user = user ?? fields.user.trim().normalize('NFC');
    this.#login = { type, fields: { ...fields, resume, room: undefined } };
    if (type === 'auth' || this.#isAuthenticated) {
      this.#nameConfirmed();
    }
  }

  #nameConfirmed() {
    this.#isAuthenticated = true;
    this.#notify('identified', { user: this.#user ?? '' });
    for (const { ref } of this.#requests.ofKind('confirmation')) {
      this.#requests.settle({ type: 'identity', ref });
    }
    this.#flush();
  }

  /** @param {WeirError} error */
  #becomeAnonymous(error) {
    this.#login = null;
    this.#user = null;
    this.#isAuthenticated = false;
    // A message that was sent on this connection is still answered.
    const { socket } = this.#connection;
    this.#requests.rejectIf(({ kind, delivery }) => kind !== 'request' && delivery?.socket !== socket, error);
  }

  /** Sends the messages that can be sent now. */
  #flush() {
    if (!this.#isAuthenticated) {
      return;
    }
    this.#outbox.flush({
      socket: this.#connection.socket,
      user: this.#user,
      isReady: (id) => this.#isReady(id ?? this.channel),
      send: (envelope) => this.#connection.send(envelope),
    });
  }

  /**
   * Whether messages may be sent to a channel: not while it is joined again. To an unknown one they may, for the server
   * to refuse.
   * @param {string | null} id
   */
  #isReady(id) {
    const channel = id === null ? undefined : this.#channels.get(id);
    return channel === undefined || (channel.isJoined && channel.held === null && !channel.isReplaying);
  }
}
