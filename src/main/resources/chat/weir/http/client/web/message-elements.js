// @ts-check
/** @import { MessageEntry } from './entries.js' */
/** @import { Row } from './message-rows.js' */
import { el, icon } from './dom.js';
import { dateAndTimeText, dayText, timeText } from './text.js';

/** The elements of the rows of the list of messages. */

/**
 * What the buttons of a message do.
 * @typedef {object} MessageActions
 * @property {(button: HTMLElement, user: string) => void} openUserMenu
 * @property {(button: HTMLElement, entry: Readonly<MessageEntry>) => void} openMessageMenu
 * @property {(entry: Readonly<MessageEntry>) => void} resend
 */

/** @typedef {Extract<Row, { kind: 'message' }>} MessageRow */

/**
 * What a message's look depends on besides its row.
 * @typedef {{ hasMenu: boolean, isMuted: boolean, isOffline: boolean }} MessageContext
 */

/**
 * Makes the element of a row.
 * @param {Row} row
 * @param {MessageActions} actions
 */
export function makeElement(row, actions) {
  switch (row.kind) {
    case 'beginning':
      return el('li', { class: 'beginning' }, 'This is the beginning of the conversation.');
    case 'day':
      return el('li', { class: 'day' }, el('span', {}, dayText(row.date)));
    case 'notice':
      return el('li', { class: row.entry.isModeration ? 'notice moderation' : 'notice' }, row.entry.text);
    default:
      return makeMessage(row.entry, actions);
  }
}

/**
 * @param {Readonly<MessageEntry>} entry
 * @param {MessageActions} actions
 */
function makeMessage(entry, actions) {
  const name = el('button', { type: 'button', class: 'name', 'aria-haspopup': 'menu' }, entry.user);
  name.addEventListener('click', () => actions.openUserMenu(name, entry.user));
  const label = 'Message options';
  const properties = { type: 'button', class: 'icon more', 'aria-haspopup': 'menu', 'aria-label': label, title: label };
  const more = el('button', properties, icon('more'));
  more.addEventListener('click', () => actions.openMessageMenu(more, entry));
  const again = el('button', { type: 'button', class: 'plain' }, 'Try again');
  again.addEventListener('click', () => actions.resend(entry));
  const text = el('p', { class: 'text', dir: 'auto' }, entry.text);
  return el(
    'li',
    { class: 'message' },
    el('p', { class: 'author' }, name),
    el('div', { class: 'line' }, text, el('time'), more),
    el('p', { class: 'delivery' }, el('span', { class: 'state' }), again),
  );
}

/**
 * What each element shows. Most of hundreds have not changed, and updating them takes long.
 * @type {WeakMap<HTMLElement, string>}
 */
const shownByElement = new WeakMap();

/**
 * Updates the element of a message in place. A new element would be read out again by screen readers.
 * @param {HTMLElement} element
 * @param {MessageRow} row
 * @param {MessageContext} context
 */
export function updateMessage(element, { entry, isContinued, isSameMinute }, { hasMenu, isMuted, isOffline }) {
  const { isOwn, state, failure, text, date } = entry;
  const context = [hasMenu, isMuted, isOffline];
  const shown = [isOwn, state, failure, date.getTime(), isContinued, isSameMinute, ...context, text].join();
  if (shownByElement.get(element) === shown) {
    return;
  }
  shownByElement.set(element, shown);
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (element.querySelector(selector));
  element.classList.toggle('own', isOwn);
  element.classList.toggle('continued', isContinued);
  element.classList.toggle('unsent', state !== 'sent');
  element.classList.toggle('failed', state === 'failed');
  find('.author').hidden = isContinued || isOwn;
  if (find('.text').textContent !== text) {
    find('.text').textContent = text;
  }
  find('.more').hidden = !hasMenu;
  const time = /** @type {HTMLTimeElement} */ (find('time'));
  time.dateTime = date.toISOString();
  time.title = dateAndTimeText(date);
  time.textContent = timeText(date);
  time.classList.toggle('same', isSameMinute);
  time.hidden = state !== 'sent';
  find('.state').textContent = deliveryText(entry, isOffline);
  find('.delivery').hidden = state === 'sent';
  find('.delivery .plain').hidden = state !== 'failed' || isMuted;
}

/**
 * @param {Readonly<MessageEntry>} entry
 * @param {boolean} isOffline
 */
function deliveryText({ state, failure = '', isUnknown }, isOffline) {
  switch (state) {
    case 'failed':
      return isUnknown ? failure : `Not sent. ${failure}`;
    case 'sending':
      return isOffline ? 'Will be sent when connected' : 'Sending …';
    default:
      return '';
  }
}
