// @ts-check
import { el } from './dom.js';

/** @typedef {{ text: string, act: () => unknown, danger?: boolean }} MenuItem */

const EDGE_PX = 8;
const GAP_PX = 4;

/** @type {HTMLElement | null} */
let openMenu = null;

/**
 * Shows a menu at a button. The arrow keys, Home and End move through it; Escape and a click elsewhere close it, and the
 * focus returns to the button.
 * @param {HTMLElement} button
 * @param {MenuItem[]} items if there are none, no menu is shown
 */
export function showMenu(button, items) {
  openMenu?.hidePopover();
  if (items.length === 0) {
    return;
  }
  const label = button.textContent || button.ariaLabel;
  const menu = el('div', { role: 'menu', popover: 'auto', class: 'menu', 'aria-label': label });
  menu.append(...items.map((item) => makeItem(item, menu)));
  menu.addEventListener('keydown', (event) => moveFocus(event, menu));
  menu.addEventListener('toggle', (event) => {
    if (event.newState === 'closed') {
      closed(menu, button);
    }
  });
  document.body.append(menu);
  menu.showPopover();
  place(menu, button.getBoundingClientRect());
  button.setAttribute('aria-expanded', 'true');
  /** @type {HTMLElement | null} */ (menu.firstElementChild)?.focus();
  openMenu = menu;
}

/**
 * @param {MenuItem} item
 * @param {HTMLElement} menu
 */
function makeItem({ text, act, danger }, menu) {
  const properties = { type: 'button', role: 'menuitem', tabIndex: -1, class: danger ? 'danger' : '' };
  const item = el('button', properties, text);
  item.addEventListener('click', () => {
    menu.hidePopover();
    act();
  });
  return item;
}

/**
 * @param {HTMLElement} menu
 * @param {HTMLElement} button
 */
function closed(menu, button) {
  if (menu.contains(document.activeElement) || document.activeElement === document.body) {
    button.focus();
  }
  button.setAttribute('aria-expanded', 'false');
  menu.remove();
  openMenu = openMenu === menu ? null : openMenu;
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} menu
 */
function moveFocus(event, menu) {
  const items = /** @type {HTMLElement[]} */ ([...menu.children]);
  const current = items.findIndex((item) => item === document.activeElement);
  const targets = new Map([['ArrowDown', current + 1], ['ArrowUp', current - 1], ['Home', 0], ['End', -1]]);
  const target = targets.get(event.key);
  if (event.key === 'Tab') {
    menu.hidePopover();
  }
  if (target !== undefined) {
    event.preventDefault();
    items.at(target % items.length)?.focus();
  }
}

/**
 * Below the button, or above it if there is no space.
 * @param {HTMLElement} menu
 * @param {DOMRect} button
 */
function place(menu, { left, bottom, top }) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const isBelow = bottom + height + EDGE_PX < innerHeight;
  menu.style.left = `${Math.max(EDGE_PX, Math.min(left, innerWidth - width - EDGE_PX))}px`;
  menu.style.top = `${Math.max(EDGE_PX, isBelow ? bottom + GAP_PX : top - height - GAP_PX)}px`;
}
