// @ts-check
/** @import { Conversation } from './conversation.js' */
/** @import { Session } from './session.js' */
import { asFailure, errorText } from './text.js';

/** Loads the messages of a conversation from the server. */

const PAGE_SIZE = 10;
const RECONCILED_PAGE_SIZE = 100;
const MAX_ATTEMPTS = 10;
const TEMPORARY_REASONS = ['not_member', 'rate_limited', 'unavailable'];
const NO_ANSWER = 408;
const DEFAULT_RETRY_S = 1;
const PAUSE_AFTER_ERROR_S = 3;

/** What loading needs of a session. @typedef {Pick<Session, 'weir' | 'names' | 'page'>} HistorySession */

/** @param {number} seconds */
const sleep = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000));

/**
 * Loads the next older page.
 * @param {HistorySession} session
 * @param {Conversation} conversation
 */
export async function loadOlder(session, conversation) {
  const request = session.weir.state === 'open' ? conversation.startLoading() : null;
  if (!request) {
    return;
  }
  const { before } = request;
  try {
    const page = await session.weir.history({ limit: PAGE_SIZE, channel: conversation.id, ...(before && { before }) });
    conversation.addPage(request, page, session.names);
  } catch (error) {
    session.page.notify(errorText(error));
    // The page asks again as soon as it is not loading.
    await sleep(asFailure(error).retryAfter ?? PAUSE_AFTER_ERROR_S);
  } finally {
    conversation.endLoading(request);
    session.page.changed();
  }
}

/**
 * Removes the messages that were deleted during a lost connection, and updates those that were edited. Compares the messages that are shown when it starts.
 * @param {HistorySession} session
 * @param {Conversation} conversation
 */
export async function reconcile(session, conversation) {
  const { id: channel, ids } = conversation;
  const reconciliation = conversation.startReconciliation();
  const isCurrent = () => conversation.isCurrentReconciliation(reconciliation);
  if (conversation.older === undefined) {
    await loadOlder(session, conversation);
  }
  const oldest = Math.min(...ids);
  /** @type {Map<number, string>} */
  const existing = new Map();
  /** @type {number | undefined} */
  let before;
  while (ids.length > 0 && !(before !== undefined && before <= oldest)) {
    const fields = { limit: RECONCILED_PAGE_SIZE, channel, ...(before && { before }) };
    const page = await retry(() => session.weir.history(fields), isCurrent);
    page.messages.forEach(({ id, text }) => existing.set(id, text));
    before = page.next ?? 0;
  }
  conversation.reconcile(ids, existing);
  session.page.changed();
}

/**
 * Repeats a request after a temporary failure: after a lost connection, channels are joined again one after the other.
 * @template T
 * @param {() => Promise<T>} ask
 * @param {() => boolean} isWanted
 * @returns {Promise<T>}
 */
async function retry(ask, isWanted) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const { reason = '', code, retryAfter } = asFailure(error);
      const isTemporary = TEMPORARY_REASONS.includes(reason) || code === NO_ANSWER;
      if (!isTemporary || attempt === MAX_ATTEMPTS) {
        throw error;
      }
      await sleep(retryAfter ?? DEFAULT_RETRY_S);
      if (!isWanted()) {
        throw error;
      }
    }
  }
}
