const MICROSECONDS = 1_000_000;

/**
 * One's names: what was said under them is one's own. Of a guest only what was said since he had the name, until he took
 * another one: somebody else may have had it before, or may have it now. An account's name is its own at all times.
 */
export class Names {
  /** @param {Array<{name: string, from: number, to?: number}>} had between which ids of messages, the last one first */
  constructor(had = []) {
    this.had = had;
  }

  /** Whether what has this id was said by oneself. */
  own(user, id) {
    return this.had.some(({ name, from, to = Infinity }) => name === user && id >= from && id < to);
  }

  /** Whether it is the name that one has. */
  has(name) {
    return this.had[0]?.name === name && this.had[0].to === undefined;
  }

  /** Has another name. @param {number} from the first id of what may be said under it; 0: it was one's own all the time */
  take(name, from = 0) {
    if (!this.has(name)) {
      this.had = [{ name, from }, ...this.had.map((one) => ({ ...one, to: one.to ?? from }))];
    }
  }
}

/**
 * About the id of what is said next. Ids are microseconds; the server tells whole seconds, in which much may have been
 * said before.
 */
export async function nextId(weir) {
  const [{ timestamp }, { messages }] = await Promise.all([weir.request('ping'), weir.history({ limit: 1 })]);
  return Math.max(timestamp * MICROSECONDS, (messages.at(-1)?.id ?? 0) + 1);
}

/** Takes a name as a guest; done when the server has given it, some seconds before it is confirmed. */
export function claim(weir, name, resume) {
  return new Promise((resolve, reject) => {
    const off = weir.on('identity', (envelope) => {
      if (envelope.success === 'true') {
        off();
        resolve();
      }
    });
    weir.identify(name, { resume }).then(resolve, (error) => {
      off();
      reject(error);
    });
  });
}
