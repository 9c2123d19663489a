/** The rows of the list of messages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageModule } from './modules.mjs';

const { rowsOf } = await pageModule('message-rows.js');

const at = (hours, minutes, seconds = 0, day = 15) => new Date(2024, 4, day, hours, minutes, seconds);
const message = (key, user, date) => ({ kind: 'message', key, user, date });
const notice = (key, date) => ({ kind: 'notice', key, date });
const rows = (entries, { older = 5, pending = [] } = {}) => rowsOf({ entries, older, pending });
const kinds = (all) => all.map(({ kind }) => kind);

test('begins each day with its date', () => {
  const all = rows([message(1, 'ann', at(23, 59)), message(2, 'ann', at(0, 0, 0, 16)), message(3, 'ann', at(0, 1, 0, 16))]);
  assert.deepEqual(kinds(all), ['day', 'message', 'day', 'message', 'message']);
  assert.deepEqual(all.filter(({ kind }) => kind === 'message').map(({ isContinued }) => isContinued), [false, false, true]);
});

test('shows the beginning when there are no older messages', () => {
  assert.deepEqual(kinds(rows([], { older: null })), ['beginning']);
  assert.deepEqual(kinds(rows([], { older: undefined })), []);
});

test('puts messages of one author together that follow within five minutes', () => {
  const all = rows([
    message(1, 'ann', at(10, 0)), message(2, 'ann', at(10, 4, 59)), message(3, 'bob', at(10, 5)),
    message(4, 'bob', at(10, 10)), message(5, 'bob', at(10, 10, 30)),
  ]).slice(1);
  assert.deepEqual(all.map(({ isContinued }) => isContinued), [false, true, false, false, true]);
  assert.deepEqual(all.map(({ isSameMinute }) => isSameMinute), [false, false, false, false, true]);
});

test('does not continue behind a notice', () => {
  const all = rows([message(1, 'ann', at(10, 0)), notice(2, at(10, 0)), message(3, 'ann', at(10, 0))]);
  assert.deepEqual(kinds(all), ['day', 'message', 'notice', 'message']);
  assert.equal(all.at(-1).isContinued, false);
});

test('ends with the messages that are being sent', () => {
  const all = rows([message(1, 'ann', at(10, 0))], { pending: [message(2, 'ann', at(10, 1))] });
  assert.deepEqual(all.map(({ key }) => key).slice(1), [1, 2]);
});

test('has a key of its own for each row', () => {
  const all = rows([message(1, 'ann', at(10, 0)), message(2, 'ann', at(10, 0, 0, 16))], { older: null });
  assert.equal(new Set(all.map(({ key }) => key)).size, all.length);
});
