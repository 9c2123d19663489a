import { el } from './dom.js';

const EDGE_PX = 8;

let open = null;

/**
 * Shows a menu at a button; arrow keys, Home and End go through it, Escape and a click elsewhere close it, and the focus
 * goes back.
 * @param {HTMLElement} button
 * @param {Array<{text: string, act: function, danger?: boolean}>} items none: nothing is shown
 */
export function showMenu(button, items) {
  open?.hidePopover();
  if (items.length === 0) {
    return;
  }
  const menu = el('div', { role: 'menu', popover: 'auto', class: 'menu', 'aria-label': button.textContent || button.ariaLabel });
  menu.append(...items.map((item) => itemOf(item, menu)));
  menu.addEventListener('keydown', (event) => move(event, menu));
  menu.addEventListener('toggle', (event) => event.newState === 'closed' && close(menu, button));
  document.body.append(menu);
  menu.showPopover();
  place(menu, button.getBoundingClientRect());
  button.setAttribute('aria-expanded', 'true');
  menu.firstElementChild.focus();
  open = menu;
}

function itemOf({ text, act, danger }, menu) {
  const item = el('button', { type: 'button', role: 'menuitem', tabIndex: -1, class: danger ? 'danger' : '' }, text);
  item.addEventListener('click', () => {
    menu.hidePopover();
    act();
  });
  return item;
}

function close(menu, button) {
  if (menu.contains(document.activeElement) || document.activeElement === document.body) {
    button.focus();
  }
  button.setAttribute('aria-expanded', 'false');
  menu.remove();
  open = open === menu ? null : open;
}

function move(event, menu) {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (event.key === 'Tab') {
    menu.hidePopover();
  }
  if (to !== undefined) {
    event.preventDefault();
    items.at(to % items.length).focus();
  }
}

function place(menu, { left, bottom, top }) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const isBelow = bottom + height + EDGE_PX < innerHeight;
  menu.style.left = `${Math.max(EDGE_PX, Math.min(left, innerWidth - width - EDGE_PX))}px`;
  menu.style.top = `${Math.max(EDGE_PX, isBelow ? bottom + 4 : top - height - 4)}px`;
}
