import { $ } from './dom.js';
import { make, update } from './message.js';
import { isMuted } from './mutes.js';
import { rowsOf } from './rows.js';

/** How far above what is read it is loaded ahead, so that scrolling up does not halt: in heights of the view. */
const AHEAD = 1.5;
const NEAR_BOTTOM_PX = 40;

/** The list of messages of the conversation that is open. */
export class Log {
  #log = $('log');
  #list = $('messages');
  #newer = $('newer');
  #rows = new Map();
  #shown = null;
  #isAtBottom = true;
  #newest = 0;
  #top = 0;
  #doings;

  /**
   * @param {{person, more, again, hasMore: function(entry): boolean, older: function}} doings what the buttons of messages
   *     do, which messages have any, and what loads older ones
   */
  constructor(doings) {
    this.#doings = doings;
    this.#log.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.#newer.addEventListener('click', () => this.toBottom());
    new ResizeObserver(() => this.#resized()).observe(this.#log);
  }

  /** Shows a conversation as it is now. */
  show(conversation, isOffline) {
    const isOther = this.#shown?.conversation !== conversation || this.#shown.generation !== conversation.generation;
    if (isOther) {
      this.#list.replaceChildren();
      this.#rows.clear();
      this.#isAtBottom = true;
      this.#shown = { conversation, generation: conversation.generation };
    }
    const rows = rowsOf(conversation);
    const isOlder = this.#isOnTop(rows);
    this.#hush(isOther || isOlder);
    const height = this.#log.scrollHeight;
    const top = this.#log.scrollTop;
    this.#place(rows, { isMuted: isMuted(conversation), isOffline });
    const hasNew = conversation.newest > this.#newest;
    this.#newest = conversation.newest;
    if (this.#isAtBottom) {
      this.#stick();
    } else if (isOlder) {
      this.#log.scrollTop = top + this.#log.scrollHeight - height;
    }
    this.#log.setAttribute('aria-busy', String(conversation.loading));
    this.#newer.hidden = this.#isAtBottom || !(hasNew || !this.#newer.hidden);
    this.#loadAhead();
  }

  /** Goes to the newest, and stays there. */
  toBottom() {
    this.#isAtBottom = true;
    this.#newer.hidden = true;
    this.#stick();
  }

  #stick() {
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** What is read stays where it is, also as the line above with news comes and goes. */
  #resized() {
    const { top } = this.#log.getBoundingClientRect();
    if (this.#isAtBottom) {
      this.#stick();
    } else {
      this.#log.scrollTop += top - this.#top;
    }
    this.#top = top;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#log;
    this.#isAtBottom = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
    if (this.#isAtBottom) {
      this.#newer.hidden = true;
    }
    this.#loadAhead();
  }

  /**
   * One page after the other, until enough is there above what is read; of who stays at the bottom nobody knows whether
   * he wants more. Who sees no scroll bar cannot scroll up: then more is loaded by itself.
   */
  #loadAhead() {
    const { conversation } = this.#shown;
    const { scrollTop, scrollHeight, clientHeight } = this.#log;
    const isWanted = scrollHeight <= clientHeight || (!this.#isAtBottom && scrollTop < AHEAD * clientHeight);
    if (isWanted && !conversation.loading && typeof conversation.older === 'number') {
      this.#doings.older();
    }
  }

  /** Whether the first message is another one than before: older ones have come on top. */
  #isOnTop(rows) {
    const first = rows.find((row) => row.kind === 'message');
    return first !== undefined && this.#rows.size > 0 && !this.#rows.has(first.key);
  }

  /** What comes on top or is opened is not read out: only what is new. */
  #hush(isQuiet) {
    if (isQuiet) {
      this.#log.setAttribute('aria-live', 'off');
      setTimeout(() => this.#log.setAttribute('aria-live', 'polite'), 500);
    }
  }

  /** Puts the rows in their places. */
  #place(rows, here) {
    const keys = new Set(rows.map((row) => row.key));
    for (const [key, element] of this.#rows) {
      if (!keys.has(key)) {
        element.remove();
        this.#rows.delete(key);
      }
    }
    let next = this.#list.firstElementChild;
    for (const row of rows) {
      const element = this.#rows.get(row.key) ?? make(row, this.#doings);
      this.#rows.set(row.key, element);
      if (row.kind === 'message') {
        update(element, row, { ...here, hasMore: this.#doings.hasMore(row.entry) });
      }
      if (element === next) {
        next = next.nextElementSibling;
      } else {
        this.#list.insertBefore(element, next);
      }
    }
  }
}
