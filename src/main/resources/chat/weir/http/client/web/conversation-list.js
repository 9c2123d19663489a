// @ts-check
/** @import { Conversation } from './conversation.js' */
/** @import { Session } from './session.js' */
import { encodeChannelId } from './channel-id.js';
import { $, el, icon } from './dom.js';

/**
 * Shows the list of conversations.
 * @param {Session} session
 * @param {(conversation: Conversation) => void} leave
 */
export function showConversations(session, leave) {
  const list = $('conversations');
  const all = [...session.conversations.values()];
  const contents = JSON.stringify(all.map((one) => [
    one.id, one.title(session.me), one.unread, one === session.active, one.hasEnded, one.isInvitation,
  ]));
  if (list.dataset.shown !== contents) {
    list.dataset.shown = contents;
    list.replaceChildren(...all.map((one) => conversationItem(session, one, leave)));
  }
  const isUnread = all.some((one) => one !== session.active && (one.unread > 0 || one.isInvitation));
  $('unread-dot').hidden = !isUnread;
  $('open-side').setAttribute('aria-label', isUnread ? 'Conversations, some unread' : 'Conversations');
}

/**
 * @param {Session} session
 * @param {Conversation} conversation
 * @param {(conversation: Conversation) => void} leave
 */
function conversationItem(session, conversation, leave) {
  const { id, isPrivate, hasEnded } = conversation;
  const title = conversation.title(session.me);
  const link = el(
    'a',
    { href: `#${encodeChannelId(id)}`, class: isPrivate ? 'private' : 'channel' },
    el('span', { class: 'sign', 'aria-hidden': 'true' }, isPrivate ? '@' : '#'),
    el('span', { class: 'label' }, title),
    isPrivate && el('span', { class: 'visually-hidden' }, ' (private chat)'),
    badge(conversation),
  );
  if (conversation === session.active) {
    link.setAttribute('aria-current', 'page');
  }
  const item = el('li', { class: hasEnded ? 'ended' : '' }, link);
  if (id !== session.home) {
    const properties = { type: 'button', class: 'icon leave', 'aria-label': `Leave ${title}`, title: 'Leave' };
    const button = el('button', properties, icon('close'));
    button.addEventListener('click', () => leave(conversation));
    item.append(button);
  }
  return item;
}

/** @param {Conversation} conversation */
function badge({ unread, isInvitation }) {
  if (unread === 0) {
    return isInvitation && el('span', { class: 'badge' }, 'new');
  }
  const what = unread === 1 ? 'unread message' : 'unread messages';
  return el('span', { class: 'badge' }, String(unread), el('span', { class: 'visually-hidden' }, ` ${what}`));
}
