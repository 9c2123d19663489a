// @ts-check
/** @import { Envelope, Fields, MessageFields } from './types.js' */
import { NO_ANSWER, WeirError } from './error.js';

const TEMPORARY_CODES = [NO_ANSWER, 429, 503];
const PAGE_SIZE = 100;
const MAX_PAGES = 3;

/** The state of a channel that the client has joined, over lost connections. */
export class JoinedChannel {
  isJoined = false;
  /** The id of the last message that was delivered. */
  lastId = 0;
  /**
   * The id after which messages could be missed; undefined: not known yet.
   * @type {number | undefined}
   */
  since = undefined;
  /** The number of the last change that was delivered. */
  lastSeq = 0;
  /** Whether the server is replaying what was missed. */
  isReplaying = false;
  /**
   * Envelopes that wait until the missed messages are delivered; null: none are missing.
   * @type {Envelope[] | null}
   */
  held = null;
  /** Whether the connection was lost before the missed messages were delivered. */
  isBehind = false;
  /**
   * Fulfilled once `since` is known.
   * @type {Promise<void> | undefined}
   */
  ready;

  /** @param {string} id */
  constructor(id) {
    this.id = id;
  }

  /**
   * The server has let the client in, for the first time or again.
   * @param {boolean} isMissing whether messages are missing
   */
  joined(isMissing) {
    this.isJoined = true;
    this.held = isMissing ? [] : null;
  }

  /** @param {boolean} wasOpen whether the lost connection had been opened */
  connectionLost(wasOpen) {
    // If it was lost again before it had caught up, what is missing has added up over several losses.
    this.isBehind ||= wasOpen && (!this.isJoined || this.held !== null);
    this.isJoined = false;
    this.held = null;
    this.isReplaying = false;
  }

  /**
   * The missed messages are delivered.
   * @returns {Envelope[]} the envelopes that came meanwhile
   */
  caughtUp() {
    const held = this.held ?? [];
    this.held = null;
    this.isBehind = false;
    return held;
  }

  /**
   * What the server is told to replay the missed messages and changes: the number of the last event that was delivered.
   * @returns {number | undefined} undefined: not known yet
   */
  get position() {
    return this.since === undefined ? undefined : Math.max(this.since, this.lastSeq);
  }

  /**
   * Registers a change of a message.
   * @param {number} seq
   */
  changed(seq) {
    this.lastSeq = Math.max(this.lastSeq, seq);
  }

  /**
   * Registers a message.
   * @param {number} id
   * @returns {boolean} false: it was delivered before
   */
  advance(id) {
    if (!(id > this.lastId)) {
      return false;
    }
    this.lastId = id;
    this.since = Math.max(id, this.since ?? 0);
    return true;
  }
}

/**
 * Repeats a request after a temporary failure, until it is answered or no longer wanted.
 * @param {() => unknown} ask
 * @param {() => boolean} isWanted
 * @returns {Promise<WeirError | undefined>} the error that repeating does not help against
 */
export async function retry(ask, isWanted) {
  while (isWanted()) {
    try {
      await ask();
      return undefined;
    } catch (error) {
      if (!isWanted()) {
        return undefined;
      }
      if (!(error instanceof WeirError) || !TEMPORARY_CODES.includes(error.code)) {
        return /** @type {WeirError} */ (error);
      }
      const { retryAfter = 1 } = error;
      await new Promise((resolve) => setTimeout(resolve, retryAfter * 1_000));
    }
  }
  return undefined;
}

/**
 * Fetches what a channel has missed, oldest first.
 * @param {JoinedChannel} channel
 * @param {(fields: Fields) => Promise<{ messages: MessageFields[], next?: number }>} history
 * @param {MessageFields[]} missed gets the messages page by page, so that they are not lost with the connection
 * @returns {Promise<boolean>} false: too much was missed, or the server no longer has the last message known here, so
 *   it may have forgotten others too
 */
export async function fetchMissed(channel, history, missed) {
  const { id, since } = channel;
  if (since === undefined) {
    const { messages } = await history({ limit: 1, channel: id });
    channel.since ??= messages.at(-1)?.id ?? 0;
    return true;
  }
  let after = Math.max(since - 1, 0);
  for (let page = 0; page < MAX_PAGES || channel.isBehind; page++) {
    const { messages, next } = await history({ after, limit: PAGE_SIZE, channel: id });
    if (page === 0 && since > 0 && messages.shift()?.id !== since) {
      return false;
    }
    missed.push(...messages);
    if (next === undefined) {
      return true;
    }
    after = next;
  }
  return false;
}
