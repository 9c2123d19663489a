import { isPrivate } from './channels.js';
import { plain } from './words.js';

/** What is asked of the server about a conversation. */

const PAGE = 10;
const RECONCILED = 100;
const MOST_TRIES = 10;
const NOT_YET = ['not_member', 'rate_limited', 'unavailable'];
const UNANSWERED = 408;

/** Loads the next older page. */
export async function loadOlder(session, conversation) {
  if (conversation.loading || conversation.older === null || session.weir.state !== 'open') {
    return;
  }
  conversation.loading = true;
  const { id: channel, generation, older: before } = conversation;
  try {
    const { messages, next } = await session.weir.history({ limit: PAGE, channel, ...(before && { before }) });
    if (generation === conversation.generation) {
      conversation.addHistory(messages, next, session.names);
    }
  } catch (error) {
    session.page.said(plain(error));
    // Who shows it would ask again at once.
    await new Promise((resolve) => setTimeout(resolve, 1_000 * (error.retryAfter ?? 3)));
  } finally {
    if (generation === conversation.generation) {
      conversation.loading = false;
    }
    session.page.changed();
  }
}

/**
 * After a while away: drops what was deleted meanwhile. Of what was shown before it asked, down to the oldest; what comes
 * in while it asks is not concerned.
 */
export async function reconcile(session, conversation) {
  const { id: channel, ids } = conversation;
  const round = ++conversation.reconciling;
  const isCurrent = () => round === conversation.reconciling;
  if (conversation.older === undefined) {
    await loadOlder(session, conversation);
  }
  const oldest = Math.min(...ids);
  const there = new Set();
  for (let before; ids.length > 0 && !(before <= oldest);) {
    const fields = { limit: RECONCILED, channel, ...(before && { before }) };
    const { messages, next } = await patiently(() => session.weir.history(fields), isCurrent);
    messages.forEach(({ id }) => there.add(id));
    before = next ?? 0;
  }
  conversation.reconcile(ids, there);
  session.page.changed();
}

/** Asks again for what cannot be had yet: several channels are joined one after the other after a lost connection. */
async function patiently(ask, isWanted) {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      const isNotYet = NOT_YET.includes(error.reason) || error.code === UNANSWERED;
      if (!isNotYet || tries === MOST_TRIES) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 1_000 * (error.retryAfter ?? 1)));
      if (!isWanted()) {
        throw error;
      }
    }
  }
}

/** Asks who is in a channel and who moderates it. */
export function getToKnow(session, conversation) {
  const { id } = conversation;
  session.weir.request('users', { channel: id }).catch(() => {});
  if (!session.isAccount || isPrivate(id)) {
    return;
  }
  session.api
    .moderators(id)
    .then((names) => {
      conversation.moderators = names;
      session.page.changed();
    })
    .catch(() => {});
}
