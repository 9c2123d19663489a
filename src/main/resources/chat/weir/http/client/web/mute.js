// @ts-check

const FOREVER = Number.MAX_SAFE_INTEGER;
/** By how much two reports of the same end may differ, since the second one takes time to arrive. */
const SAME_END_MS = 5_000;

/** Until when the user may not send messages, and the text about it. */
export class Mute {
  /** Milliseconds since the epoch; 0: not muted. */
  #end = 0;
  #text = '';

  get isActive() {
    return this.#end > Date.now();
  }

  get end() {
    return this.#end;
  }

  get text() {
    return this.#text;
  }

  /**
   * @param {number | undefined} seconds undefined: for good
   * @param {string} text
   */
  start(seconds, text) {
    this.#end = seconds ? Date.now() + seconds * 1_000 : FOREVER;
    this.#text = text;
  }

  /**
   * A message was refused. Starts the mute unless it is known: the user may have been muted before they came.
   * @param {number} seconds
   * @param {string} text
   */
  refused(seconds, text) {
    if (Math.abs(this.#end - (Date.now() + seconds * 1_000)) > SAME_END_MS) {
      this.start(seconds, text);
    }
  }

  stop() {
    this.#end = 0;
  }
}
