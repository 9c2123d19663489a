/** Which rows a conversation has on the page. */

const TOGETHER_MS = 5 * 60_000;

/**
 * The rows of a conversation, oldest first: `{key, kind, ...}` with kind `beginning`, `day` (`date`), `notice` or
 * `message` (`entry`; `continued` if it belongs to the one above, `isSameTime` if it was
 * said in the same minute).
 */
export function rowsOf(conversation) {
  const rows = conversation.older === null ? [{ key: 'beginning', kind: 'beginning' }] : [];
  let before = null;
  for (const entry of [...conversation.entries, ...conversation.pending]) {
    if (before?.date.toDateString() !== entry.date.toDateString()) {
      rows.push({ key: `day ${entry.date.toDateString()}`, kind: 'day', date: entry.date });
      before = null;
    }
    rows.push(rowOf(entry, before));
    before = entry;
  }
  return rows;
}

function rowOf(entry, before) {
  if (entry.notice !== undefined) {
    return { key: entry.key, kind: 'notice', entry };
  }
  const continued = before !== null && before.user === entry.user && entry.date - before.date < TOGETHER_MS;
  const isSameTime = continued && sameMinute(entry.date, before.date);
  return { key: entry.key, kind: 'message', entry, continued, isSameTime };
}

function sameMinute(one, other) {
  return Math.floor(one / 60_000) === Math.floor(other / 60_000);
}
