import { $, el } from './dom.js';
import { count } from './words.js';

/** Shows who is here. @param {function(HTMLElement, string)} person gets the button and the name that was chosen */
export function showPeople({ me, active }, person) {
  const { users } = active;
  $('people-title').textContent = active.isPrivate ? 'In this chat' : 'People here';
  $('count').hidden = users !== null || active.count === 0;
  $('count').textContent = `${count(active.count, 'person is', 'people are')} here.`;
  const names = active.isPrivate ? active.pair : users ?? [];
  const there = new Set(users ?? names);
  const shown = names.map((name) => [name, there.has(name)]);
  const list = $('users');
  if (list.dataset.shown === JSON.stringify([me, active.moderators, shown])) {
    return;
  }
  list.dataset.shown = JSON.stringify([me, active.moderators, shown]);
  list.replaceChildren(...shown.map(([name, isHere]) => entryOf(name, { isHere, isMe: name === me, active }, person)));
}

function entryOf(name, { isHere, isMe, active }, person) {
  const role = [isMe ? 'you' : '', active.moderators.includes(name) ? 'moderator' : '', isHere ? '' : 'away'].filter(Boolean);
  const button = el(
    'button',
    { type: 'button', class: 'person', 'aria-haspopup': 'menu' },
    el('span', { class: 'who' }, name),
    role.length ? el('span', { class: 'role' }, role.join(', ')) : null,
  );
  button.addEventListener('click', () => person(button, name));
  return el('li', { class: isHere ? '' : 'away' }, button);
}
