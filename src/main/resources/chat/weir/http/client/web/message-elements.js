import { el, icon } from './dom.js';
import { clock, day, full } from './words.js';

/** The rows of the log as elements. What others wrote is only ever text. */

/**
 * Makes a row's element.
 * @param row of rowsOf
 * @param {{person: function, more: function, again: function}} doings what its buttons do: each gets the button and the entry
 */
export function make(row, doings) {
  if (row.kind === 'beginning') {
    return el('li', { class: 'beginning' }, 'This is the beginning.');
  }
  if (row.kind === 'day') {
    return el('li', { class: 'day' }, el('span', {}, day(row.date)));
  }
  if (row.kind === 'notice') {
    return el('li', { class: `notice ${row.entry.kind}` }, row.entry.notice);
  }
  return makeMessage(row.entry, doings);
}

function makeMessage(entry, doings) {
  const name = el('button', { type: 'button', class: 'name', 'aria-haspopup': 'menu' }, entry.user);
  name.addEventListener('click', () => doings.person(name, entry.user));
  const more = el('button', { type: 'button', class: 'icon more', 'aria-haspopup': 'menu', 'aria-label': 'About this message', title: 'About this message' }, icon('more'));
  more.addEventListener('click', () => doings.more(more, entry));
  const again = el('button', { type: 'button', class: 'plain' }, 'Try again');
  again.addEventListener('click', () => doings.again(again, entry));
  return el(
    'li',
    { class: 'message' },
    el('p', { class: 'by' }, name),
    el('div', { class: 'line' }, el('p', { class: 'said', dir: 'auto' }, entry.text), el('time', {}), more),
    el('p', { class: 'fate' }, el('span', { class: 'state' }), again),
  );
}

/** How each element looks: most of hundreds are as they were, and to say so again takes long. */
const looks = new WeakMap();

/**
 * Brings a message's element up to date, in place: one that was replaced would be read out again.
 * @param {{hasMore: boolean, isMuted: boolean, isOffline: boolean}} here whether there is anything that can be done about
 *     it, whether one may not speak, and whether there is no connection
 */
export function update(element, { entry, continued, isSameTime }, { hasMore, isMuted, isOffline }) {
  const look = [entry.own, entry.state, entry.why, entry.date.getTime(), continued, isSameTime, hasMore, isMuted, isOffline].join();
  if (looks.get(element) === look) {
    return;
  }
  looks.set(element, look);
  element.classList.toggle('own', entry.own);
  element.classList.toggle('continued', continued);
  element.classList.toggle('unsent', entry.state !== 'said');
  element.classList.toggle('failed', entry.state === 'failed');
  element.querySelector('.by').hidden = continued || entry.own;
  element.querySelector('.more').hidden = !hasMore;
  const time = element.querySelector('time');
  time.dateTime = entry.date.toISOString();
  time.title = full(entry.date);
  time.textContent = clock(entry.date);
  time.classList.toggle('same', isSameTime);
  time.hidden = entry.state !== 'said';
  element.querySelector('.state').textContent = stateOf(entry, isOffline);
  element.querySelector('.fate').hidden = entry.state === 'said';
  element.querySelector('.fate .plain').hidden = entry.state !== 'failed' || isMuted;
}

function stateOf(entry, isOffline) {
  if (entry.state === 'failed') {
    return entry.isUnknown ? entry.why : `Not sent. ${entry.why}`;
  }
  if (entry.state !== 'sending') {
    return '';
  }
  return isOffline ? 'Will be sent when connected' : 'Sending …';
}
