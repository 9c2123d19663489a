import { $ } from './dom.js';

const GOOD_NEWS_MS = 4_000;
const FULL = 1_013;

/** The line that says how the connection is, and what there is to know. */
export class Status {
  #counting = null;
  #fading = null;
  #wasLost = false;
  /** What is said as long as the connection is as it is: text and kind. */
  #lasting = ['', ''];

  /** @param {function} tryNow connects at once */
  constructor(tryNow) {
    $('try-now').addEventListener('click', tryNow);
  }

  /** Of another session nothing is known yet. */
  begin() {
    this.#wasLost = false;
    this.#stop();
    this.#last('', '');
  }

  /** As the connection's state is. @param {{state: string, delay?: number, code?: number}} state delay in ms */
  state({ state, delay, code }) {
    this.#stop();
    if (state === 'waiting') {
      this.#wasLost = true;
      this.#last(code === FULL ? 'The server is full.' : 'Connection lost.', 'bad');
      this.#count(Math.max(1, Math.ceil(delay / 1_000)));
      $('try-now').hidden = false;
    } else if (state === 'connecting') {
      this.#last(...(this.#wasLost ? this.#lasting : ['Connecting …', '']));
      $('countdown').textContent = this.#wasLost ? 'Trying again …' : '';
    } else if (state === 'open') {
      this.#last('', '');
    }
  }

  /** Waits for the name to be confirmed, or has it. */
  confirmed(isConfirmed, isOpen) {
    if (isConfirmed && this.#wasLost) {
      this.#wasLost = false;
      this.say('Connected again.', 'good');
    } else if (isOpen && !isConfirmed && !this.#fading) {
      this.#show('Your name is being confirmed. That takes some seconds.', '');
    } else if (isConfirmed && $('status').dataset.kind === '') {
      this.#show('', '');
    }
  }

  /** Says something for a moment; when it is tried again, and the button for that, stay. */
  say(text, kind = 'bad') {
    clearTimeout(this.#fading);
    this.#show(text, kind);
    this.#fading = setTimeout(() => {
      this.#fading = null;
      this.#show(...this.#lasting);
    }, kind === 'good' ? GOOD_NEWS_MS : GOOD_NEWS_MS + text.length * 60);
  }

  #last(...lasting) {
    this.#lasting = lasting;
    this.#show(...lasting);
  }

  #show(text, kind) {
    $('status').dataset.kind = kind;
    $('status').classList.toggle('quiet', text === '');
    if ($('status-text').textContent !== text) {
      $('status-text').textContent = text;
    }
  }

  /** Not in the live region: nobody wants each second read out. */
  #count(seconds) {
    $('countdown').textContent = seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again …';
    if (seconds > 0) {
      this.#counting = setTimeout(() => this.#count(seconds - 1), 1_000);
    }
  }

  #stop() {
    clearTimeout(this.#counting);
    clearTimeout(this.#fading);
    this.#fading = null;
    $('countdown').textContent = '';
    $('try-now').hidden = true;
  }
}
