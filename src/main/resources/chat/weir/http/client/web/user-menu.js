import { measuresAgainst } from './moderation.js';
import { block, rename } from './self.js';

/** What one can do about somebody, as items of a menu. @param {function} attempt does what may be refused */
export function personItems(session, user, attempt) {
  const { active, me } = session;
  if (user === me) {
    return session.isAccount ? [] : [{ text: 'Change name …', act: () => rename(session) }];
  }
  const isBlocked = session.identity.blocked.includes(user);
  const items = [
    { text: 'Private chat', act: () => attempt(() => session.chatWith(user)) },
    { text: isBlocked ? 'Unblock' : 'Block', act: () => attempt(() => block(session, user, !isBlocked)) },
  ];
  return session.moderates(active) ? [...items, ...measuresAgainst(session, active, user)] : items;
}
