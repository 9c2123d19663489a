// @ts-check
/** @import { Conversation } from './conversation.js' */
import { $, input } from './dom.js';
import { countText } from './text.js';

const TYPING_INTERVAL_MS = 2_500;
const COUNTER_FROM = 0.9;
const MAX_TIMER_MS = 3_600_000;

/**
 * What the composer asks for.
 * @typedef {object} ComposerActions
 * @property {(text: string) => void} send
 * @property {(isTyping: boolean) => void} typing
 * @property {() => void} muteEnded
 */

/** The field in which the user writes a message. */
export class Composer {
  #text = /** @type {HTMLTextAreaElement} */ ($('text'));
  #send = input('send');
  #counter = $('counter');
  #note = $('composer-note');
  /** @type {Conversation | null} */
  #conversation = null;
  #typingSentAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #muteTimer;
  #maxLength;
  #actions;

  /**
   * @param {number} maxLength in code points
   * @param {ComposerActions} actions
   */
  constructor(maxLength, actions) {
    this.#maxLength = maxLength;
    this.#actions = actions;
    this.#text.addEventListener('input', () => this.#changed());
    this.#text.addEventListener('keydown', (event) => this.#keyPressed(event));
    $('composer').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /**
   * Shows the draft of a conversation, and whether the user may send messages there.
   * @param {Conversation} conversation
   */
  show(conversation) {
    if (this.#conversation !== conversation) {
      this.#typingSentAt = 0;
      this.#conversation = conversation;
      this.#text.value = conversation.draft;
    }
    this.#text.disabled = conversation.hasEnded;
    this.#showNote(conversation);
    this.#resize();
  }

  focus() {
    this.#text.focus();
  }

  /** @param {Conversation} conversation */
  #showNote({ hasEnded, isMuted, muteText, muteEnd }) {
    let note = isMuted ? `${muteText}.` : '';
    if (hasEnded) {
      note = 'This private chat has ended.';
    }
    clearTimeout(this.#muteTimer);
    if (isMuted) {
      const wait = Math.min(muteEnd - Date.now() + 1, MAX_TIMER_MS);
      this.#muteTimer = setTimeout(() => this.#actions.muteEnded(), wait);
    }
    if (this.#note.textContent !== note) {
      this.#note.textContent = note;
    }
    this.#note.hidden = note === '';
  }

  /** @param {KeyboardEvent} event */
  #keyPressed(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    }
  }

  #changed() {
    this.#conversation?.setDraft(this.#text.value);
    this.#resize();
    const isEmpty = this.#text.value.trim() === '';
    if (isEmpty && this.#typingSentAt > 0) {
      this.#typingSentAt = 0;
      this.#actions.typing(false);
    } else if (!isEmpty && Date.now() - this.#typingSentAt > TYPING_INTERVAL_MS) {
      this.#typingSentAt = Date.now();
      this.#actions.typing(true);
    }
  }

  #submit() {
    const text = this.#text.value.trim();
    const left = this.#charactersLeft();
    if (left < 0) {
      this.#counter.textContent = `Not sent: ${tooManyText(left)}.`;
    }
    if (text === '' || left < 0 || this.#conversation?.hasEnded) {
      return;
    }
    this.#text.value = '';
    this.#conversation?.setDraft('');
    this.#typingSentAt = 0;
    this.#resize();
    this.#actions.send(text);
    this.focus();
  }

  #charactersLeft() {
    return this.#maxLength - [...this.#text.value.trim()].length;
  }

  /** Makes the field as high as its text, and shows the counter near the maximum. */
  #resize() {
    this.#text.style.height = 'auto';
    this.#text.style.height = `${this.#text.scrollHeight}px`;
    const left = this.#charactersLeft();
    this.#counter.hidden = left > this.#maxLength * (1 - COUNTER_FROM);
    this.#counter.textContent = left < 0 ? tooManyText(left) : `${left} left`;
    this.#counter.classList.toggle('over', left < 0);
    this.#send.disabled = left < 0 || this.#conversation?.hasEnded === true;
  }
}

/** @param {number} left negative */
const tooManyText = (left) => `${countText(-left, 'character')} too many`;
