// @ts-check
/** @import { Sanction, SanctionKind } from './api.js' */
/** @import { Conversation } from './conversation.js' */
/** @import { Field, Question } from './dialogs.js' */
/** @import { MenuItem } from './menu.js' */
/** @import { Session } from './session.js' */
import { ask, showList } from './dialogs.js';
import { el } from './dom.js';
import { dateAndTimeText, errorText } from './text.js';

/** What moderators can do. */

/** @type {Field} */
const DURATION = {
  name: 'duration',
  label: 'Duration',
  options: [
    ['600', '10 minutes'], ['3600', '1 hour'], ['86400', '1 day'], ['604800', '1 week'], ['2592000', '30 days'],
    ['', 'permanent'],
  ],
};
/** @type {Field} */
const REASON = { name: 'reason', label: 'Reason', hint: 'Visible to everyone in the channel.' };

// Shown for every user: the page does not know who has an account.
const MUTE_TEXT = 'They can read, but not write. For a guest, the address is muted too, and with it other guests at the '
  + 'same address.';
const BAN_TEXT = 'They are removed and cannot come back. For a guest, the address is banned too, and with it other guests '
  + 'at the same address.';

/**
 * What a moderator can do about a user, as items of a menu.
 * @param {Session} session
 * @param {Conversation} conversation
 * @param {string} user
 * @returns {MenuItem[]}
 */
export function moderationItems(session, conversation, user) {
  /** @type {(type: string, question: Question, fields?: object) => () => Promise<boolean>} */
  const action = (type, question, fields = {}) => () => askAndSend(session, conversation, { type, user, ...fields }, question);
  const mute = { title: `Mute ${user}`, text: MUTE_TEXT, submit: 'Mute', fields: [DURATION, REASON] };
  const kick = { title: `Kick ${user}`, text: 'They may come back.', submit: 'Kick', fields: [REASON], danger: true };
  const ban = { title: `Ban ${user}`, text: BAN_TEXT, submit: 'Ban', fields: banFields(session, conversation), danger: true };
  const items = [
    { text: 'Mute …', act: action('mute', mute) },
    { text: 'Kick …', act: action('kick', kick), danger: true },
    { text: 'Ban …', act: action('ban', ban), danger: true },
  ];
  if (!session.isAdmin) {
    return items;
  }
  if (conversation.moderators.includes(user)) {
    const question = { title: `Remove ${user} from the moderators of ${conversation.id}?`, submit: 'Remove' };
    return [...items, { text: 'Remove from moderators', act: action('role', question, { role: 'member' }) }];
  }
  const question = { title: `Make ${user} a moderator of ${conversation.id}?`, submit: 'Make moderator' };
  return [...items, { text: 'Make moderator', act: action('role', question, { role: 'moderator' }) }];
}

/**
 * @param {Session} session
 * @param {Conversation} conversation
 * @returns {Field[]}
 */
function banFields({ isAdmin }, { id }) {
  /** @type {Field} */
  const scope = { name: 'channel', label: 'Where', options: [[id, id], ['*', 'everywhere on this server']] };
  return isAdmin ? [scope, DURATION, REASON] : [DURATION, REASON];
}

/**
 * @param {Session} session
 * @param {Conversation} conversation
 * @param {{ type: string, user: string, role?: string }} envelope
 * @param {Question} question
 */
function askAndSend({ weir }, conversation, { type, ...fields }, question) {
  return ask({
    ...question,
    act: ({ duration, reason, channel = conversation.id }) => weir.request(type, {
      ...fields,
      channel,
      ...(duration && { duration: Number(duration) }),
      ...(reason && { reason }),
    }),
  });
}

/**
 * Shows the bans and mutes of a channel, each with a button that lifts it.
 * @param {Session} session
 * @param {Conversation} conversation
 */
export async function showSanctions(session, { id }) {
  const [bans, mutes] = await Promise.all([session.api.sanctions('bans', id), session.api.sanctions('mutes', id)]);
  const items = [
    ...bans.map((ban) => sanctionItem(session, 'bans', ban)),
    ...mutes.map((mute) => sanctionItem(session, 'mutes', mute)),
  ];
  showList(`Bans and mutes in ${id}`, items, 'Nobody is banned or muted here.');
}

/**
 * @param {Session} session
 * @param {SanctionKind} kind
 * @param {Sanction} sanction
 */
function sanctionItem(session, kind, { user, account, channel, by, reason, until }) {
  const state = kind === 'bans' ? 'banned' : 'muted';
  const where = channel === '*' ? ' everywhere' : '';
  const end = until ? `until ${dateAndTimeText(new Date(until))}` : 'permanently';
  const lift = el('button', { type: 'button', 'aria-label': `Lift: ${user} ${state}` }, 'Lift');
  const isGuest = account === false;
  const hint = `A guest: others at the same address are ${state} too.`;
  const text = el(
    'p',
    {},
    el('strong', {}, user),
    ` is ${state}${where} ${end}, by ${by}${reason ? `: ${reason}` : ''}`,
    isGuest && el('br'),
    isGuest && el('span', { class: 'hint' }, hint),
  );
  const item = el('li', {}, text, lift);
  lift.addEventListener('click', async () => {
    lift.disabled = true;
    try {
      await session.api.lift(kind, channel, user);
      item.replaceChildren(el('p', { role: 'status' }, `${user} is no longer ${state}.`));
    } catch (error) {
      lift.disabled = false;
      session.page.notify(errorText(error));
    }
  });
  return item;
}
