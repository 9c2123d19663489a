// @ts-check
/** @import { Envelope, Fields, SocketLike } from './types.js' */
import { NO_ANSWER, WeirError } from './error.js';

/** The codes of refused `identity` envelopes, which carry a reason only. */
const IDENTITY_CODES = new Map([['taken', 409], ['registered', 409], ['invalid', 400], ['banned', 403]]);

/**
 * `request`: ends with its connection. `message`: is sent again on the next connection. `confirmation`: waits, over lost
 * connections too, until the client's name is confirmed.
 * @typedef {'request' | 'message' | 'confirmation'} RequestKind
 */

/**
 * When, under which name and on which WebSocket a message was sent: the last one, and the first time and name.
 * @typedef {{ socket: SocketLike | null, user: string | null, at: number }} Delivery
 */

/**
 * A request that has no answer yet.
 * @typedef {object} PendingRequest
 * @property {string} ref
 * @property {RequestKind} kind
 * @property {Fields} fields what was asked
 * @property {Delivery} [delivery] of a message that was sent
 * @property {Promise<any>} answer
 * @property {(envelope: Envelope) => void} resolve
 * @property {(error: WeirError) => void} reject
 * @property {ReturnType<typeof setTimeout>} [timer]
 */

/** The requests that have no answer yet, by `ref`, in the order in which they were made. */
export class Requests {
  /** @type {Map<string, PendingRequest>} */
  #pending = new Map();
  /** Differs between clients: the server recognizes a repeated message by its name and `ref`. */
  #prefix = `${Math.random().toString(36).slice(2, 12)}-`;
  #count = 0;

  /**
   * @param {RequestKind} kind
   * @param {Fields} [fields]
   * @returns {PendingRequest}
   */
  add(kind, fields = {}) {
    this.#count += 1;
    const ref = this.#prefix + this.#count;
    /** @type {any} */
    const settle = {};
    const answer = new Promise((resolve, reject) => Object.assign(settle, { resolve, reject }));
    const request = { ref, kind, fields, answer, ...settle };
    this.#pending.set(ref, request);
    return request;
  }

  /**
   * Rejects a request if it has no answer in time.
   * @param {PendingRequest} request
   * @param {number} ms
   * @param {string} type of its envelope
   */
  expire(request, ms, type) {
    request.timer = setTimeout(() => {
      this.settle({ type: 'error', ref: request.ref, code: NO_ANSWER, message: `no answer to ${type}` });
    }, ms);
  }

  /** @param {RequestKind} kind */
  ofKind(kind) {
    return [...this.#pending.values()].filter((request) => request.kind === kind);
  }

  /** @param {unknown} ref */
  get(ref) {
    return typeof ref === 'string' ? this.#pending.get(ref) : undefined;
  }

  /**
   * Resolves or rejects the request that an envelope answers, if there is one.
   * @param {Envelope} envelope
   */
  settle(envelope) {
    const request = this.get(envelope.ref);
    if (!request) {
      return;
    }
    this.#remove(request);
    if (envelope.type !== 'error' && envelope.success !== 'false') {
      request.resolve(envelope);
      return;
    }
    const { reason, code = IDENTITY_CODES.get(reason) ?? 400, message = `the name is ${reason}` } = envelope;
    request.reject(new WeirError(message, code, envelope));
  }

  /**
   * @param {(request: PendingRequest) => boolean} isMeant
   * @param {WeirError} error
   */
  rejectIf(isMeant, error) {
    for (const request of [...this.#pending.values()].filter(isMeant)) {
      this.#remove(request);
      request.reject(error);
    }
  }

  /** @param {PendingRequest} request */
  #remove(request) {
    clearTimeout(request.timer);
    this.#pending.delete(request.ref);
  }
}
