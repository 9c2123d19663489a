import { $ } from './dom.js';

/** The frame of the conversation that is open: its title, the drawers of narrow screens, the title of the window. */

const DRAWERS = { side: 'open-side', people: 'open-people' };

/** Shows what is open and how much is unread. */
export function showTitle(session) {
  const { active, me } = session;
  const title = active.title(me);
  const unread = [...session.conversations.values()].reduce((sum, one) => sum + one.unread, 0);
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${title} · Weir`;
  $('title').textContent = title;
  $('subtitle').textContent = active.isPrivate ? 'private chat' : active.count > 0 && session.weir.state === 'open' ? `${active.count} here` : '';
  $('my-name').textContent = me;
  $('my-kind').textContent = session.isAccount ? (session.isAdmin ? 'admin' : 'account') : 'guest';
  $('measures').hidden = !session.moderates(active);
}

/** Lets the drawers be opened and closed. On wide screens they are always there. */
export function wireDrawers() {
  for (const [id, opener] of Object.entries(DRAWERS)) {
    $(opener).addEventListener('click', () => openDrawer(id));
    $(id).querySelector('.close').addEventListener('click', () => closeDrawers());
  }
  $('shade').addEventListener('click', () => closeDrawers());
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !$('shade').hidden && !document.querySelector('dialog, .menu')) {
      closeDrawers();
    }
  });
}

function openDrawer(id) {
  $(id).classList.add('open');
  $(DRAWERS[id]).setAttribute('aria-expanded', 'true');
  $('shade').hidden = false;
  $('room').inert = true;
  $(id).querySelector('.close').focus();
}

/** Closes whichever is open; the focus goes back to the button that opened it. */
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

/** Items of a menu that close the drawer which they are in: what they lead to and what is said of it is outside. */
export function outOfDrawers(items) {
  return items.map((item) => ({
    ...item,
    act: () => {
      closeDrawers();
      item.act();
    },
  }));
}
