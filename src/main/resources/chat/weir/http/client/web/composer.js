import { $ } from './dom.js';
import { isMuted } from './mutes.js';
import { count } from './words.js';

const TYPING_EVERY_MS = 2_500;
const COUNTED_FROM = 0.9;
const LONGEST_TIMER_MS = 3_600_000;

/** Where one writes. */
export class Composer {
  #text = $('text');
  #send = $('send');
  #counter = $('counter');
  #note = $('composer-note');
  #conversation = null;
  #toldAt = 0;
  #unmuting;
  #maxLength;
  #doings;

  /**
   * @param {number} maxLength in code points
   * @param {{send: function(string), typing: function(boolean), unmuted: function()}} doings
   */
  constructor(maxLength, doings) {
    this.#maxLength = maxLength;
    this.#doings = doings;
    this.#text.addEventListener('input', () => this.#written());
    this.#text.addEventListener('keydown', (event) => this.#pressed(event));
    $('composer').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** Shows what was begun in a conversation, and whether one may speak there. */
  show(conversation) {
    if (this.#conversation !== conversation) {
      this.#toldAt = 0;
      this.#conversation = conversation;
      this.#text.value = conversation.draft;
    }
    this.#text.disabled = conversation.ended;
    this.#sayNote(conversation);
    this.#resize();
  }

  focus() {
    this.#text.focus();
  }

  #sayNote(conversation) {
    const { ended, muteText, mutedUntil } = conversation;
    const note = ended ? 'This private chat has ended.' : isMuted(conversation) ? `${muteText}.` : '';
    clearTimeout(this.#unmuting);
    if (isMuted(conversation)) {
      this.#unmuting = setTimeout(() => this.#doings.unmuted(), Math.min(mutedUntil - Date.now() + 1, LONGEST_TIMER_MS));
    }
    if (this.#note.textContent !== note) {
      this.#note.textContent = note;
    }
    this.#note.hidden = note === '';
  }

  #pressed(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    }
  }

  #written() {
    this.#conversation.draft = this.#text.value;
    this.#resize();
    const isEmpty = this.#text.value.trim() === '';
    if (isEmpty && this.#toldAt > 0) {
      this.#toldAt = 0;
      this.#doings.typing(false);
    } else if (!isEmpty && Date.now() - this.#toldAt > TYPING_EVERY_MS) {
      this.#toldAt = Date.now();
      this.#doings.typing(true);
    }
  }

  #submit() {
    const text = this.#text.value.trim();
    const left = this.#left();
    if (left < 0) {
      this.#counter.textContent = `Not sent: ${tooMany(left)}.`;
    }
    if (text === '' || left < 0 || this.#conversation.ended) {
      return;
    }
    this.#text.value = '';
    this.#conversation.draft = '';
    this.#toldAt = 0;
    this.#resize();
    this.#doings.send(text);
    this.focus();
  }

  /** How many more characters there may be. */
  #left() {
    return this.#maxLength - [...this.#text.value.trim()].length;
  }

  /** As high as what is written, and with the count where the end is near. */
  #resize() {
    this.#text.style.height = 'auto';
    this.#text.style.height = `${this.#text.scrollHeight}px`;
    const left = this.#left();
    this.#counter.hidden = left > this.#maxLength * (1 - COUNTED_FROM);
    this.#counter.textContent = left < 0 ? tooMany(left) : `${left} left`;
    this.#counter.classList.toggle('over', left < 0);
    this.#send.disabled = left < 0 || this.#conversation.ended;
  }
}

const tooMany = (left) => `${count(-left, 'character')} too many`;
