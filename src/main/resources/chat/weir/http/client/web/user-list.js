// @ts-check
/** @import { Session } from './session.js' */
import { $, el } from './dom.js';
import { countText } from './text.js';

/**
 * A user of the list, with their roles as text.
 * @typedef {{ name: string, isPresent: boolean, roles: string }} ListedUser
 */

/**
 * Shows the users of the conversation that is shown.
 * @param {Session} session
 * @param {(button: HTMLElement, user: string) => void} openMenu
 */
export function showUsers({ me, active }, openMenu) {
  const { users, userCount, isPrivate, moderators, pair } = active;
  $('people-title').textContent = isPrivate ? 'In this chat' : 'People here';
  $('count').hidden = users !== null || userCount === 0;
  $('count').textContent = `${countText(userCount, 'person is', 'people are')} here.`;
  const names = isPrivate ? pair : users ?? [];
  const present = new Set(users ?? names);
  const listed = names.map((name) => {
    const isPresent = present.has(name);
    const roles = [name === me && 'you', moderators.includes(name) && 'moderator', !isPresent && 'away'];
    return { name, isPresent, roles: roles.filter(Boolean).join(', ') };
  });
  const list = $('users');
  const contents = JSON.stringify(listed);
  if (list.dataset.shown !== contents) {
    list.dataset.shown = contents;
    list.replaceChildren(...listed.map((user) => userItem(user, openMenu)));
  }
}

/**
 * @param {ListedUser} user
 * @param {(button: HTMLElement, user: string) => void} openMenu
 */
function userItem({ name, isPresent, roles }, openMenu) {
  const button = el(
    'button',
    { type: 'button', class: 'person', 'aria-haspopup': 'menu' },
    el('span', { class: 'who' }, name),
    roles !== '' && el('span', { class: 'role' }, roles),
  );
  button.addEventListener('click', () => openMenu(button, name));
  return el('li', { class: isPresent ? '' : 'away' }, button);
}
