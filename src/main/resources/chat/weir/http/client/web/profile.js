import { el } from './dom.js';
import { ask, showList } from './dialogs.js';
import { loadOlder } from './loading.js';
import { NO_NAME } from './words.js';

/** What one can do about oneself, and about one's relation to others. */

/** The menu of one's own. @param {function} leave ends it all @param {Session} session */
export function ownItems(session, leave) {
  const items = session.isAccount
    ? [{ text: 'Change password …', act: () => changePassword(session) }]
    : [{ text: 'Change name …', act: () => rename(session) }];
  if (session.identity.blocked.length > 0) {
    items.push({ text: 'Blocked people …', act: () => showBlocked(session) });
  }
  if (session.isAccount) {
    items.push({ text: 'Delete account …', act: () => askToDelete(session), danger: true });
  }
  return [...items, { text: session.isAccount ? 'Log out' : 'Leave Weir', act: leave }];
}

/** Asks a guest for another name. */
export function rename(session, { title = 'Change your name', text, value = session.me } = {}) {
  return ask({
    title,
    text,
    fields: [{ name: 'name', label: 'Name', value }],
    submit: 'Take this name',
    act: async ({ name }) => {
      if (name === '') {
        throw new Error(NO_NAME);
      }
      await session.rename(name);
    },
  });
}

function changePassword(session) {
  return ask({
    title: 'Change your password',
    text: 'Other devices are logged out.',
    fields: [
      { name: 'username', value: session.me, autocomplete: 'username', isHidden: true }, // for what keeps passwords
      { name: 'current', label: 'Current password', type: 'password', autocomplete: 'current-password' },
      { name: 'next', label: 'New password', type: 'password', autocomplete: 'new-password', hint: 'At least 8 characters.' },
    ],
    submit: 'Change',
    act: async ({ current, next }) => {
      await session.api.changePassword(current, next);
      session.page.said('Your password is changed.', 'good');
    },
  });
}

function askToDelete(session) {
  return ask({
    title: `Delete the account ${session.me}?`,
    text: 'There is no way back. What you said stays, and anybody may take the name.',
    submit: 'Delete',
    danger: true,
    act: () => deleteAccount(session),
  });
}

/** The server ends the connection with it, perhaps before it answers. */
async function deleteAccount(session) {
  const end = { text: 'Your account is deleted.', isLoginOver: true };
  session.farewell = end;
  try {
    await session.api.deleteAccount();
  } catch (error) {
    session.farewell = null;
    throw error;
  }
  if (session.hasEntered) {
    session.page.ended(end);
  }
}

/** Hears no more of somebody, or hears of him again. */
export async function block(session, user, isBlocked) {
  await session.weir.request(isBlocked ? 'block' : 'unblock', { user });
  const others = session.identity.blocked.filter((name) => name !== user);
  session.identity.blocked = isBlocked ? [...others, user] : others;
  session.conversations.forEach((one) => {
    if (isBlocked) {
      one.removeAllOf(user);
    } else {
      one.clear();
    }
  });
  loadOlder(session, session.active);
  session.page.changed();
  session.page.said(isBlocked ? `You hear no more of ${user}.` : `You hear of ${user} again.`, 'good');
}

function showBlocked(session) {
  const items = session.identity.blocked.map((user) => {
    const button = el('button', { type: 'button', 'aria-label': `Unblock ${user}` }, 'Unblock');
    const entry = el('li', {}, el('p', {}, el('strong', {}, user)), button);
    button.addEventListener('click', async () => {
      await block(session, user, false).catch((error) => session.page.said(error.message));
      entry.remove();
    });
    return entry;
  });
  showList('Blocked people', items, 'Nobody.');
}
