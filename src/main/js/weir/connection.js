// @ts-check
/** @import { ClientOptions, ConnectionState, Envelope, SocketLike } from './types.js' */
import { Backoff, isFinalClose } from './backoff.js';
import { CONNECTION_LOST } from './error.js';

/**
 * Why a connection ended. `delay`: milliseconds until the next attempt; null: there is none.
 * @typedef {{ wasOpen: boolean, code: number, reason: string, delay: number | null }} ConnectionLoss
 */

/**
 * What a connection asks of its owner, and tells it.
 * @typedef {object} ConnectionOwner
 * @property {() => string} address the URL for the next attempt
 * @property {() => void} connecting
 * @property {(envelope: Envelope) => void} receive
 * @property {(loss: ConnectionLoss) => void} lost
 */

/**
 * @param {unknown} data of a frame
 * @returns {Envelope | null} null: not an envelope
 */
export function parseEnvelope(data) {
  try {
    const envelope = JSON.parse(String(data));
    return typeof envelope?.type === 'string' ? envelope : null;
  } catch {
    return null;
  }
}

/** The WebSocket to the server, replaced by a new one after a loss. */
export class Connection {
  #options;
  #owner;
  #backoff;
  /** @type {SocketLike | null} */
  #socket = null;
  /** @type {ConnectionState} */
  #state = 'closed';
  #openedAt = 0;
  /**
   * The client waits for one thing at a time: the next attempt, the first envelope, or a sign of life.
   * @type {ReturnType<typeof setTimeout> | undefined}
   */
  #timer;

  /**
   * @param {ClientOptions} options
   * @param {ConnectionOwner} owner
   */
  constructor(options, owner) {
    this.#options = options;
    this.#owner = owner;
    this.#backoff = new Backoff(options);
  }

  get state() {
    return this.#state;
  }

  /** Identifies the current WebSocket: another one after each loss, null while there is none. */
  get socket() {
    return this.#socket;
  }

  /** Connects, with short delays in case of failure. */
  start() {
    this.#backoff.reset();
    try {
      this.#connect();
    } catch (error) {
      this.#drop(CONNECTION_LOST, `cannot connect: ${error instanceof Error ? error.message : error}`, null);
    }
  }

  /** The server has let the client in. */
  opened() {
    this.#state = 'open';
    this.#openedAt = Date.now();
    this.#expectLife();
  }

  /** Ends the connection, and does not reconnect. */
  close() {
    if (this.#state !== 'closed') {
      this.#drop(1000, 'closed by this client', null);
    }
  }

  /**
   * Sends an envelope, if the connection is open.
   * @param {Envelope} envelope
   */
  send(envelope) {
    if (this.#state === 'open') {
      this.#socket?.send(JSON.stringify(envelope));
    }
  }

  /** Checks that the connection is alive, and replaces it otherwise. If it waits to reconnect, reconnects at once. */
  probe() {
    if (this.#state === 'waiting') {
      this.#connect();
    } else if (this.#state === 'open') {
      this.send({ type: 'ping' });
      this.#after(this.#options.probing, () => this.#drop(CONNECTION_LOST, 'the connection is dead', 0));
    }
  }

  #connect() {
    const { WebSocket, patience } = this.#options;
    this.#socket = Object.assign(new WebSocket(this.#owner.address()), {
      onmessage: (/** @type {{ data: unknown }} */ { data }) => this.#receive(data),
      onclose: (/** @type {{ code: number, reason: string }} */ { code, reason }) => this.#drop(code, reason),
      onerror: () => {}, // a close follows
    });
    this.#after(patience, () => this.#drop(CONNECTION_LOST, 'no answer'));
    this.#state = 'connecting';
    this.#owner.connecting();
  }

  /** @param {unknown} data */
  #receive(data) {
    if (this.#state === 'open') {
      this.#expectLife();
    }
    const envelope = parseEnvelope(data);
    if (envelope) {
      this.#owner.receive(envelope);
    }
  }

  #expectLife() {
    this.#after(this.#options.silence, () => this.probe());
  }

  /**
   * @param {number} code
   * @param {string} reason
   * @param {number | null} [delay]
   */
  #drop(code, reason, delay = this.#delayAfter(code)) {
    const wasOpen = this.#state === 'open';
    clearTimeout(this.#timer);
    if (this.#socket) {
      this.#socket.onmessage = null;
      this.#socket.onclose = null;
      this.#socket.close();
    }
    this.#socket = null;
    this.#state = delay === null ? 'closed' : 'waiting';
    if (delay !== null) {
      this.#after(delay, () => this.#connect());
    }
    this.#owner.lost({ wasOpen, code, reason, delay });
  }

  /** @param {number} code */
  #delayAfter(code) {
    if (isFinalClose(code)) {
      return null;
    }
    if (this.#state === 'open' && Date.now() - this.#openedAt > this.#options.settled) {
      this.#backoff.reset();
    }
    return this.#backoff.next();
  }

  /**
   * @param {number} ms
   * @param {() => void} action
   */
  #after(ms, action) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, ms);
  }
}
