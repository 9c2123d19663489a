// @ts-check
/** @import { MenuItem } from './menu.js' */
/** @import { Session } from './session.js' */
import { moderationItems } from './moderation.js';
import { askForName } from './profile.js';

/**
 * What the user can do about a user, as items of a menu.
 * @param {Session} session
 * @param {string} user
 * @param {(action: () => Promise<unknown>) => unknown} attempt does something that may be refused
 * @returns {MenuItem[]}
 */
export function userItems(session, user, attempt) {
  const { active, me } = session;
  if (user === me) {
    return session.isAccount ? [] : [{ text: 'Change name …', act: () => askForName(session) }];
  }
  const isBlocked = session.blocked.includes(user);
  const items = [
    { text: 'Private chat', act: () => attempt(() => session.startPrivateChat(user)) },
    { text: isBlocked ? 'Unblock' : 'Block', act: () => attempt(() => session.block(user, !isBlocked)) },
  ];
  return session.moderates(active) ? [...items, ...moderationItems(session, active, user)] : items;
}
