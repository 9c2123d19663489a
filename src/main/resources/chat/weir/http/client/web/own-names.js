// @ts-check
/** @import { Weir } from '../weir.js' */

const MICROSECONDS = 1_000_000;

/**
 * The user held a name for the messages with ids from `from` until before `to`; no `to`: still.
 * @typedef {{ name: string, from: number, to?: number }} NamePeriod
 */

/**
 * The user's names over time: which messages are the user's own. A guest owns the messages of the time in which they
 * held the name, since other guests may have held it before and may hold it now. An account owns its name at all times.
 */
export class OwnNames {
  /** @type {readonly NamePeriod[]} */
  #periods;

  /** @param {readonly NamePeriod[]} [periods] the latest first */
  constructor(periods = []) {
    this.#periods = periods;
  }

  get periods() {
    return this.#periods;
  }

  /**
   * Whether the user sent the message with this id.
   * @param {string} user its author's name
   * @param {number} id
   */
  isOwn(user, id) {
    return this.#periods.some(({ name, from, to = Infinity }) => name === user && id >= from && id < to);
  }

  /**
   * Whether the user holds this name now.
   * @param {string} name
   */
  isCurrent(name) {
    const [latest] = this.#periods;
    return latest?.name === name && latest.to === undefined;
  }

  /**
   * The user holds another name from now on.
   * @param {string} name
   * @param {number} [from] the first id of the user's messages under this name; 0: the name was always theirs
   */
  take(name, from = 0) {
    if (!this.isCurrent(name)) {
      this.#periods = [{ name, from }, ...this.#periods.map((one) => ({ ...one, to: one.to ?? from }))];
    }
  }
}

/**
 * A lower bound for the id of the next message. Ids are microseconds, but the server tells whole seconds, in which there
 * may be earlier messages.
 * @param {Weir} weir
 */
export async function nextMessageId(weir) {
  const [{ timestamp }, { messages }] = await Promise.all([weir.request('ping'), weir.history({ limit: 1 })]);
  return Math.max(timestamp * MICROSECONDS, (messages.at(-1)?.id ?? 0) + 1);
}

/**
 * Takes a name as a guest.
 * @param {Weir} weir
 * @param {string} name
 * @param {string} [resume]
 * @returns {Promise<void>} when the server has given the name, some seconds before it confirms it
 */
export function claimName(weir, name, resume) {
  return new Promise((resolve, reject) => {
    const removeListener = weir.on('identity', (envelope) => {
      if (envelope.success === 'true') {
        removeListener();
        resolve();
      }
    });
    weir.identify(name, { resume }).then(
      () => resolve(),
      (error) => {
        removeListener();
        reject(error);
      },
    );
  });
}
