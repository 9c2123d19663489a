import { $, el, icon } from './dom.js';
import { encode } from './channels.js';
import { count } from './words.js';

/** Shows the list of conversations. @param {function} leave gets the conversation to be left */
export function showConversations(session, leave) {
  const list = $('conversations');
  const all = [...session.conversations.values()];
  const shown = JSON.stringify(all.map((one) => [one.id, one.title(session.me), one.unread, one === session.active, one.ended, one.invited]));
  if (list.dataset.shown !== shown) {
    list.dataset.shown = shown;
    list.replaceChildren(...all.map((one) => entryOf(session, one, leave)));
  }
  const isElsewhere = all.some((one) => one !== session.active && (one.unread > 0 || one.invited));
  $('elsewhere').hidden = !isElsewhere;
  $('open-side').setAttribute('aria-label', isElsewhere ? 'Conversations, some unread' : 'Conversations');
}

function entryOf(session, one, leave) {
  const title = one.title(session.me);
  const link = el(
    'a',
    { href: `#${encode(one.id)}`, class: one.isPrivate ? 'private' : 'channel' },
    el('span', { class: 'sign', 'aria-hidden': 'true' }, one.isPrivate ? '@' : '#'),
    el('span', { class: 'what' }, title),
    one.isPrivate ? el('span', { class: 'unseen' }, ' (private chat)') : null,
    badge(one),
  );
  if (one === session.active) {
    link.setAttribute('aria-current', 'page');
  }
  const entry = el('li', { class: one.ended ? 'ended' : '' }, link);
  if (one.id !== session.home) {
    const button = el('button', { type: 'button', class: 'icon leave', 'aria-label': `Leave ${title}`, title: 'Leave' }, icon('close'));
    button.addEventListener('click', () => leave(one));
    entry.append(button);
  }
  return entry;
}

function badge({ unread, invited }) {
  if (unread === 0) {
    return invited ? el('span', { class: 'badge' }, 'new') : null;
  }
  return el('span', { class: 'badge' }, String(unread), el('span', { class: 'unseen' }, ` ${count(unread, 'unread message').replace(/^\d+ /, '')}`));
}
