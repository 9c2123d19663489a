/** What one can do about a message. */

/** As items of a menu; none: nothing. */
export function itemsOf(session, entry) {
  if (entry.state === 'failed') {
    return [{ text: 'Remove', act: () => remove(session, entry) }];
  }
  const mayDelete = entry.state === 'said' && ((entry.own && entry.user === session.me) || session.moderates(session.active));
  return mayDelete ? [{ text: 'Delete …', danger: true, act: () => askToDelete(session, entry) }] : [];
}

/** Says what did not arrive once more. */
export function sayAgain(session, entry) {
  session.active.drop(entry);
  session.say(session.active, entry.text);
}

function remove(session, entry) {
  session.active.drop(entry);
  session.page.changed();
}

async function askToDelete(session, { id }) {
  const { ask } = await import('./dialogs.js');
  const channel = session.active.id;
  await ask({
    title: 'Delete this message?',
    text: 'It is gone for everybody.',
    submit: 'Delete',
    danger: true,
    act: () => session.weir.request('delete', { id, channel }),
  });
}
