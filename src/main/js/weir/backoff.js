// @ts-check
/** @import { ClientOptions } from './types.js' */

/** Codes after which the next attempt would end in the same way (RFC 6455 section 7.4.1). */
const FINAL_CLOSE_CODES = [1002, 1003, 1007, 1008];

/**
 * Whether the client must not reconnect after this close code.
 * @param {number} code
 */
export function isFinalClose(code) {
  return FINAL_CLOSE_CODES.includes(code) || (code >= 4500 && code <= 4999);
}

/** Delays before attempts to reconnect: each twice as long as the one before, up to a limit. */
export class Backoff {
  #options;
  #attempts = 0;

  /** @param {Pick<ClientOptions, 'firstDelay' | 'longestDelay' | 'random'>} options */
  constructor(options) {
    this.#options = options;
  }

  /** The next delay in milliseconds: random in its upper half, so that not all clients come back at once. */
  next() {
    const { firstDelay, longestDelay, random } = this.#options;
    const delay = Math.min(longestDelay, firstDelay * 2 ** this.#attempts);
    this.#attempts += 1;
    return (delay * (1 + random())) / 2;
  }

  /** Starts again with the first delay. */
  reset() {
    this.#attempts = 0;
  }
}
