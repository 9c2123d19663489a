// @ts-check
/** @import { StateEvent } from '../weir.js' */
import { $ } from './dom.js';

const GOOD_NEWS_MS = 4_000;
const READING_MS_PER_CHARACTER = 60;
const SERVER_FULL = 1_013;

/** @typedef {'' | 'good' | 'bad'} Kind */

/** The line with the state of the connection, and with other news for a moment. */
export class Status {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #countdownTimer;
  /** @type {ReturnType<typeof setTimeout> | null} */
  #newsTimer = null;
  #wasLost = false;
  /**
   * What the line shows while there is no news.
   * @type {{ text: string, kind: Kind }}
   */
  #lasting = { text: '', kind: '' };

  /** @param {() => void} reconnect */
  constructor(reconnect) {
    $('try-now').addEventListener('click', reconnect);
  }

  /** Shows another session. */
  begin() {
    this.#wasLost = false;
    this.#stopTimers();
    this.#showLasting('', '');
  }

  /** @param {StateEvent} event */
  connectionChanged({ state, delay, code }) {
    this.#stopTimers();
    if (state === 'waiting') {
      this.#wasLost = true;
      this.#showLasting(code === SERVER_FULL ? 'The server is full.' : 'Connection lost.', 'bad');
      this.#countDown(Math.max(1, Math.ceil((delay ?? 0) / 1_000)));
      $('try-now').hidden = false;
    } else if (state === 'connecting' && this.#wasLost) {
      this.#showLasting(this.#lasting.text, this.#lasting.kind);
      $('countdown').textContent = 'Trying again …';
    } else if (state === 'connecting') {
      this.#showLasting('Connecting …', '');
      $('countdown').textContent = '';
    } else if (state === 'open') {
      this.#showLasting('', '');
    }
  }

  /**
   * Shows whether the name is confirmed.
   * @param {boolean} isConfirmed
   * @param {boolean} isOpen whether the connection is open
   */
  nameConfirmed(isConfirmed, isOpen) {
    if (isConfirmed && this.#wasLost) {
      this.#wasLost = false;
      this.notify('Reconnected.', 'good');
    } else if (isOpen && !isConfirmed && !this.#newsTimer) {
      this.#show('Your name is being confirmed. This takes a few seconds.', '');
    } else if (isConfirmed && $('status').dataset.kind === '') {
      this.#show('', '');
    }
  }

  /**
   * Shows news for a moment. The countdown and its button stay.
   * @param {string} text
   * @param {Kind} [kind]
   */
  notify(text, kind = 'bad') {
    clearTimeout(this.#newsTimer ?? undefined);
    this.#show(text, kind);
    const duration = kind === 'good' ? GOOD_NEWS_MS : GOOD_NEWS_MS + text.length * READING_MS_PER_CHARACTER;
    this.#newsTimer = setTimeout(() => {
      this.#newsTimer = null;
      this.#show(this.#lasting.text, this.#lasting.kind);
    }, duration);
  }

  /**
   * @param {string} text
   * @param {Kind} kind
   */
  #showLasting(text, kind) {
    this.#lasting = { text, kind };
    this.#show(text, kind);
  }

  /**
   * @param {string} text
   * @param {Kind} kind
   */
  #show(text, kind) {
    $('status').dataset.kind = kind;
    $('status').classList.toggle('quiet', text === '');
    if ($('status-text').textContent !== text) {
      $('status-text').textContent = text;
    }
  }

  /**
   * The countdown is outside of the live region, so that screen readers do not read every second.
   * @param {number} seconds
   */
  #countDown(seconds) {
    $('countdown').textContent = seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again …';
    if (seconds > 0) {
      this.#countdownTimer = setTimeout(() => this.#countDown(seconds - 1), 1_000);
    }
  }

  #stopTimers() {
    clearTimeout(this.#countdownTimer);
    clearTimeout(this.#newsTimer ?? undefined);
    this.#newsTimer = null;
    $('countdown').textContent = '';
    $('try-now').hidden = true;
  }
}
