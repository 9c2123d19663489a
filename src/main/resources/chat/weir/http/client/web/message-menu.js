// @ts-check
/** @import { MessageEntry } from './entries.js' */
/** @import { MenuItem } from './menu.js' */
/** @import { Session } from './session.js' */

/**
 * What the user can do with a message, as items of a menu.
 * @param {Session} session
 * @param {Readonly<MessageEntry>} entry
 * @returns {MenuItem[]}
 */
export function messageItems(session, entry) {
  if (entry.state === 'failed') {
    return [{ text: 'Remove', act: () => remove(session, entry) }];
  }
  const isMine = entry.isOwn && entry.user === session.me;
  const mayDelete = entry.state === 'sent' && (isMine || session.moderates(session.active));
  return mayDelete ? [{ text: 'Delete …', danger: true, act: () => askToDelete(session, entry) }] : [];
}

/**
 * Sends a message again that was not sent.
 * @param {Session} session
 * @param {Readonly<MessageEntry>} entry
 */
export function resend(session, entry) {
  session.active.discard(entry);
  session.send(session.active, entry.text);
}

/**
 * @param {Session} session
 * @param {Readonly<MessageEntry>} entry
 */
function remove(session, entry) {
  session.active.discard(entry);
  session.page.changed();
}

/**
 * @param {Session} session
 * @param {Readonly<MessageEntry>} entry
 */
async function askToDelete({ weir, active }, { id }) {
  const { ask } = await import('./dialogs.js');
  await ask({
    title: 'Delete this message?',
    text: 'It is deleted for everyone.',
    submit: 'Delete',
    danger: true,
    act: () => weir.request('delete', { id, channel: active.id }),
  });
}
