// @ts-check
/** @import { Conversation } from './conversation.js' */
/** @import { Entry, MessageEntry, NoticeEntry } from './entries.js' */

const CONTINUED_WITHIN_MS = 5 * 60_000;
const MINUTE_MS = 60_000;

/**
 * A row of the list of messages. `isContinued`: belongs to the message above. `isSameMinute`: as the message above.
 * @typedef {{ kind: 'beginning', key: string }
 *   | { kind: 'day', key: string, date: Date }
 *   | { kind: 'notice', key: number, entry: Readonly<NoticeEntry> }
 *   | { kind: 'message', key: number, entry: Readonly<MessageEntry>, isContinued: boolean, isSameMinute: boolean }} Row
 */

/**
 * The rows of a conversation, oldest first.
 * @param {Pick<Conversation, 'older' | 'entries' | 'pending'>} conversation
 * @returns {Row[]}
 */
export function rowsOf({ older, entries, pending }) {
  /** @type {Row[]} */
  const rows = older === null ? [{ key: 'beginning', kind: 'beginning' }] : [];
  /** @type {Readonly<Entry> | null} */
  let previous = null;
  for (const entry of [...entries, ...pending]) {
    const day = entry.date.toDateString();
    if (previous?.date.toDateString() !== day) {
      rows.push({ key: `day ${day}`, kind: 'day', date: entry.date });
      previous = null;
    }
    rows.push(rowOf(entry, previous));
    previous = entry;
  }
  return rows;
}

/**
 * @param {Readonly<Entry>} entry
 * @param {Readonly<Entry> | null} previous of the same day
 * @returns {Row}
 */
function rowOf(entry, previous) {
  if (entry.kind === 'notice') {
    return { key: entry.key, kind: 'notice', entry };
  }
  const time = entry.date.getTime();
  const before = previous?.date.getTime() ?? 0;
  const isContinued =
    previous?.kind === 'message' && previous.user === entry.user && time - before < CONTINUED_WITHIN_MS;
  const isSameMinute = isContinued && Math.floor(time / MINUTE_MS) === Math.floor(before / MINUTE_MS);
  return { key: entry.key, kind: 'message', entry, isContinued, isSameMinute };
}
