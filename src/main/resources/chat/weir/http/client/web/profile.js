// @ts-check
/** @import { MenuItem } from './menu.js' */
/** @import { Session } from './session.js' */
import { ask, showList } from './dialogs.js';
import { el } from './dom.js';
import { NO_NAME, errorText } from './text.js';

/** What the users can do about their own name and account. */

/**
 * The items of the user's own menu.
 * @param {Session} session
 * @param {() => void} logOut
 * @returns {MenuItem[]}
 */
export function profileItems(session, logOut) {
  /** @type {MenuItem[]} */
  const items = session.isAccount
    ? [{ text: 'Change password …', act: () => askForPassword(session) }]
    : [{ text: 'Change name …', act: () => askForName(session) }];
  if (session.blocked.length > 0) {
    items.push({ text: 'Blocked users …', act: () => showBlocked(session) });
  }
  if (session.isAccount) {
    items.push({ text: 'Delete account …', act: () => askToDelete(session), danger: true });
  }
  return [...items, { text: session.isAccount ? 'Log out' : 'Leave Weir', act: logOut }];
}

/**
 * Asks a guest for another name.
 * @param {Session} session
 * @param {{ title?: string, text?: string }} [texts]
 * @returns {Promise<boolean>} whether the guest has another name
 */
export function askForName(session, { title = 'Change your name', text } = {}) {
  return ask({
    title,
    text,
    fields: [{ name: 'name', label: 'Name', value: session.me }],
    submit: 'Change name',
    act: async ({ name }) => {
      if (name === '') {
        throw new Error(NO_NAME);
      }
      await session.rename(name);
    },
  });
}

/** @param {Session} session */
function askForPassword({ api, me, page }) {
  return ask({
    title: 'Change your password',
    text: 'Your other devices are logged out.',
    fields: [
      { name: 'username', value: me, autocomplete: 'username', isHidden: true }, // for password managers
      { name: 'current', label: 'Current password', type: 'password', autocomplete: 'current-password' },
      {
        name: 'next', label: 'New password', type: 'password', autocomplete: 'new-password', hint: 'At least 8 characters.',
      },
    ],
    submit: 'Change',
    act: async ({ current, next }) => {
      await api.changePassword(current, next);
      page.notify('Your password is changed.', 'good');
    },
  });
}

/** @param {Session} session */
function askToDelete(session) {
  return ask({
    title: `Delete the account ${session.me}?`,
    text: 'This cannot be undone. Your messages stay, and anyone can take the name.',
    submit: 'Delete',
    danger: true,
    act: () => session.deleteAccount(),
  });
}

/** @param {Session} session */
function showBlocked(session) {
  const items = session.blocked.map((user) => {
    const button = el('button', { type: 'button', 'aria-label': `Unblock ${user}` }, 'Unblock');
    const item = el('li', {}, el('p', {}, el('strong', {}, user)), button);
    button.addEventListener('click', async () => {
      try {
        await session.block(user, false);
      } catch (error) {
        session.page.notify(errorText(error));
      }
      item.remove();
    });
    return item;
  });
  showList('Blocked users', items, 'You have blocked nobody.');
}
