import { el } from './dom.js';
import { ask, showList } from './dialogs.js';
import { full } from './words.js';

/** Measures against people, for who may take them. */

const DURATIONS = [['600', '10 minutes'], ['3600', '1 hour'], ['86400', '1 day'], ['604800', '1 week'], ['2592000', '30 days'], ['', 'for good']];
const REASON = { name: 'reason', label: 'Reason', hint: 'Everybody here can read it.' };
/** Said of everybody: who has an account is not known here. */
const GUESTS = {
  mute: 'Of a guest, the address is muted too: others who come from there as guests can only listen, too.',
  ban: 'Of a guest, the address is banned too: others who come from there as guests cannot come in either.',
};
const DURATION = { name: 'duration', label: 'For how long', options: DURATIONS };

/** What a moderator can do to somebody, as items of a menu. */
export function measuresAgainst(session, conversation, user) {
  const take = (type, question) => () => takeMeasure(session, conversation, { type, user }, question);
  const isModerator = conversation.moderators.includes(user);
  const items = [
    { text: 'Mute …', act: take('mute', { title: `Mute ${user}`, text: `They can only listen. ${GUESTS.mute}`, submit: 'Mute', fields: [DURATION, REASON] }) },
    { text: 'Send out …', act: take('kick', { title: `Send ${user} out`, text: 'They may come back.', submit: 'Send out', fields: [REASON] }), danger: true },
    { text: 'Ban …', act: take('ban', { title: `Ban ${user}`, text: `They are sent out and cannot come back. ${GUESTS.ban}`, submit: 'Ban', fields: banFields(session, conversation) }), danger: true },
  ];
  if (!session.isAdmin) {
    return items;
  }
  const role = isModerator ? 'member' : 'moderator';
  const title = isModerator ? `Take the moderator's role from ${user}?` : `Make ${user} a moderator of ${conversation.id}?`;
  return [...items, { text: isModerator ? 'Make no moderator' : 'Make a moderator', act: take('role', { title, submit: 'Yes', extra: { role } }) }];
}

function banFields(session, { id }) {
  const where = { name: 'channel', label: 'Where', options: [[id, id], ['*', 'everywhere on this server']] };
  return session.isAdmin ? [where, DURATION, REASON] : [DURATION, REASON];
}

function takeMeasure(session, conversation, { type, user }, { extra, ...question }) {
  return ask({
    ...question,
    danger: type === 'kick' || type === 'ban',
    act: ({ duration, reason, channel = conversation.id }) =>
      session.weir.request(type, {
        user,
        channel,
        ...(duration && { duration: Number(duration) }),
        ...(reason && { reason }),
        ...extra,
      }),
  });
}

/** Shows the bans and mutes of a channel, each with a button that lifts it. */
export async function showMeasures(session, { id }) {
  const [bans, mutes] = await Promise.all(['bans', 'mutes'].map((kind) => session.api.sanctions(kind, id)));
  const items = [
    ...bans.map((ban) => sanctionOf(session, 'bans', ban)),
    ...mutes.map((mute) => sanctionOf(session, 'mutes', mute)),
  ];
  showList(`Bans and mutes in ${id}`, items, 'Nobody is banned or muted here.');
}

function sanctionOf(session, kind, { user, account, channel, by, reason, until }) {
  const what = kind === 'bans' ? 'banned' : 'muted';
  const where = channel === '*' ? ' everywhere' : '';
  const covers = account === false ? el('span', { class: 'hint' }, `A guest: others from the same address are ${what} too.`) : null;
  const end = until ? `until ${full(new Date(until))}` : 'for good';
  const button = el('button', { type: 'button', 'aria-label': `Lift: ${user} ${what}` }, 'Lift');
  const text = el('p', {}, el('strong', {}, user), ` is ${what}${where} ${end}, by ${by}${reason ? `: ${reason}` : ''}`, covers && el('br'), covers);
  const entry = el('li', {}, text, button);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await session.api.lift(kind, channel, user);
      entry.replaceChildren(el('p', { role: 'status' }, `${user} is not ${what} any more.`));
    } catch (error) {
      button.disabled = false;
      session.page.said(error.message);
    }
  });
  return entry;
}
