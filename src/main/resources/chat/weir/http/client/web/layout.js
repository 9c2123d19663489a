// @ts-check
/** @import { MenuItem } from './menu.js' */
/** @import { Session } from './session.js' */
import { $ } from './dom.js';

/** The titles of the chat page and of the window, and the drawers at the sides of narrow screens. */

/** The button that opens each drawer. */
const DRAWERS = { side: 'open-side', people: 'open-people' };

/**
 * Shows what is open and how much is unread.
 * @param {Session} session
 */
export function showTitle(session) {
  const { active, me } = session;
  const title = active.title(me);
  const unread = [...session.conversations.values()].reduce((sum, one) => sum + one.unread, 0);
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${title} · Weir`;
  $('title').textContent = title;
  $('subtitle').textContent = subtitle(session);
  $('my-name').textContent = me;
  $('my-kind').textContent = roleOf(session);
  $('sanctions').hidden = !session.moderates(active);
}

/** @param {Session} session */
function subtitle({ active, weir }) {
  if (active.isPrivate) {
    return 'private chat';
  }
  return active.userCount > 0 && weir.state === 'open' ? `${active.userCount} here` : '';
}

/** @param {Session} session */
function roleOf({ isAccount, isAdmin }) {
  if (!isAccount) {
    return 'guest';
  }
  return isAdmin ? 'admin' : 'account';
}

/** Connects the buttons that open and close the drawers. On wide screens the drawers are always open. */
export function connectDrawers() {
  for (const [id, opener] of Object.entries(DRAWERS)) {
    $(opener).addEventListener('click', () => openDrawer(id, opener));
    $(id).querySelector('.close')?.addEventListener('click', () => closeDrawers());
  }
  $('shade').addEventListener('click', () => closeDrawers());
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !$('shade').hidden && !document.querySelector('dialog, .menu')) {
      closeDrawers();
    }
  });
}

/**
 * @param {string} id
 * @param {string} opener
 */
function openDrawer(id, opener) {
  $(id).classList.add('open');
  $(opener).setAttribute('aria-expanded', 'true');
  $('shade').hidden = false;
  $('room').inert = true;
  /** @type {HTMLElement | null} */ ($(id).querySelector('.close'))?.focus();
}

/** Closes the drawer that is open. The focus returns to the button that opened it. */
export function closeDrawers() {
  $('room').inert = false;
  $('shade').hidden = true;
  for (const [id, opener] of Object.entries(DRAWERS)) {
    if ($(id).classList.contains('open')) {
      $(id).classList.remove('open');
      $(opener).setAttribute('aria-expanded', 'false');
      $(opener).focus();
    }
  }
}

/**
 * Items of a menu in a drawer, which close the drawer first: their results are shown outside of it.
 * @param {MenuItem[]} items
 * @returns {MenuItem[]}
 */
export function closingDrawers(items) {
  return items.map((item) => ({
    ...item,
    act: () => {
      closeDrawers();
      item.act();
    },
  }));
}
