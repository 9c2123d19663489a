// @ts-check
/** @import { Conversation } from './conversation.js' */
/** @import { MessageEntry } from './entries.js' */
/** @import { MessageActions } from './message-elements.js' */
/** @import { Row } from './message-rows.js' */
import { $ } from './dom.js';
import { makeElement, updateMessage } from './message-elements.js';
import { rowsOf } from './message-rows.js';

/** Older messages are loaded this far above the visible ones, in heights of the view, so that scrolling does not stop. */
const LOAD_AHEAD = 1.5;
const NEAR_END_PX = 40;
const SILENCE_MS = 500;

/**
 * @typedef {MessageActions & { hasMenu: (entry: Readonly<MessageEntry>) => boolean, loadOlder: () => void }} ListActions
 */

/** The messages of the conversation that is shown. */
export class MessageList {
  #log = $('log');
  #list = $('messages');
  #newer = $('newer');
  /** @type {Map<string | number, HTMLElement>} */
  #elements = new Map();
  /** @type {{ conversation: Conversation, generation: number } | null} */
  #shown = null;
  #isAtEnd = true;
  #newest = 0;
  #top = 0;
  #actions;

  /** @param {ListActions} actions */
  constructor(actions) {
    this.#actions = actions;
    this.#log.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.#newer.addEventListener('click', () => this.scrollToEnd());
    new ResizeObserver(() => this.#resized()).observe(this.#log);
  }

  /**
   * Shows a conversation as it is now.
   * @param {Conversation} conversation
   * @param {boolean} isOffline
   */
  show(conversation, isOffline) {
    const { generation } = conversation;
    const isOther = this.#shown?.conversation !== conversation || this.#shown.generation !== generation;
    if (isOther) {
      this.#list.replaceChildren();
      this.#elements.clear();
      this.#isAtEnd = true;
      this.#shown = { conversation, generation };
    }
    const rows = rowsOf(conversation);
    const hasOlder = this.#hasOlder(rows);
    if (isOther || hasOlder) {
      this.#silenceScreenReaders();
    }
    const { scrollHeight, scrollTop } = this.#log;
    this.#render(rows, conversation.isMuted, isOffline);
    const hasNewer = conversation.newest > this.#newest;
    this.#newest = conversation.newest;
    if (this.#isAtEnd) {
      this.#goToEnd();
    } else if (hasOlder) {
      this.#log.scrollTop = scrollTop + this.#log.scrollHeight - scrollHeight;
    }
    this.#log.setAttribute('aria-busy', String(conversation.isLoading));
    this.#newer.hidden = this.#isAtEnd || !(hasNewer || !this.#newer.hidden);
    this.#loadAhead(conversation);
  }

  /** Scrolls to the newest message, and stays there. */
  scrollToEnd() {
    this.#isAtEnd = true;
    this.#newer.hidden = true;
    this.#goToEnd();
  }

  #goToEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** Keeps the visible messages in place, also when the status line above appears or disappears. */
  #resized() {
    const { top } = this.#log.getBoundingClientRect();
    if (this.#isAtEnd) {
      this.#goToEnd();
    } else {
      this.#log.scrollTop += top - this.#top;
    }
    this.#top = top;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#log;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (this.#isAtEnd) {
      this.#newer.hidden = true;
    }
    if (this.#shown) {
      this.#loadAhead(this.#shown.conversation);
    }
  }

  /**
   * Loads one page after the other, until there are enough messages above the visible ones. At the end of the list
   * nothing is loaded, since the user may not want more, except if there is no scroll bar to scroll up with.
   * @param {Conversation} conversation
   */
  #loadAhead({ isLoading, older }) {
    const { scrollTop, scrollHeight, clientHeight } = this.#log;
    const isWanted = scrollHeight <= clientHeight || (!this.#isAtEnd && scrollTop < LOAD_AHEAD * clientHeight);
    if (isWanted && !isLoading && typeof older === 'number') {
      this.#actions.loadOlder();
    }
  }

  /**
   * Whether older messages have been added: the first message has no element yet.
   * @param {Row[]} rows
   */
  #hasOlder(rows) {
    const first = rows.find((row) => row.kind === 'message');
    return first !== undefined && this.#elements.size > 0 && !this.#elements.has(first.key);
  }

  /** Older messages, and those of another conversation, are not read out. */
  #silenceScreenReaders() {
    this.#log.setAttribute('aria-live', 'off');
    setTimeout(() => this.#log.setAttribute('aria-live', 'polite'), SILENCE_MS);
  }

  /**
   * @param {Row[]} rows
   * @param {boolean} isMuted
   * @param {boolean} isOffline
   */
  #render(rows, isMuted, isOffline) {
    this.#removeOthers(new Set(rows.map((row) => row.key)));
    let next = this.#list.firstElementChild;
    for (const row of rows) {
      const element = this.#elements.get(row.key) ?? makeElement(row, this.#actions);
      this.#elements.set(row.key, element);
      if (row.kind === 'message') {
        updateMessage(element, row, { hasMenu: this.#actions.hasMenu(row.entry), isMuted, isOffline });
      }
      if (element === next) {
        next = next.nextElementSibling;
      } else {
        this.#list.insertBefore(element, next);
      }
    }
  }

  /** @param {Set<string | number>} keys of the rows that stay */
  #removeOthers(keys) {
    for (const [key, element] of this.#elements) {
      if (!keys.has(key)) {
        element.remove();
        this.#elements.delete(key);
      }
    }
  }
}
