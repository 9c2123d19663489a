/** Which messages are the user's own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageModule } from './modules.mjs';

const { OwnNames, claimName, nextMessageId } = await pageModule('own-names.js');

test('owns the messages since the name was taken', () => {
  const names = new OwnNames();
  names.take('heron', 100);
  assert.deepEqual([99, 100, 101].map((id) => names.isOwn('heron', id)), [false, true, true]);
  assert.equal(names.isOwn('egret', 101), false);
});

test('owns the messages of an earlier name until the next one', () => {
  const names = new OwnNames();
  names.take('heron', 100);
  names.take('egret', 200);
  assert.deepEqual([199, 200].map((id) => names.isOwn('heron', id)), [true, false]);
  assert.deepEqual([199, 200].map((id) => names.isOwn('egret', id)), [false, true]);
  assert.deepEqual([names.isCurrent('heron'), names.isCurrent('egret')], [false, true]);
});

test('takes a name again without owning what was sent under it meanwhile', () => {
  const names = new OwnNames();
  names.take('heron', 100);
  names.take('egret', 200);
  names.take('heron', 300);
  assert.deepEqual([150, 250, 350].map((id) => names.isOwn('heron', id)), [true, false, true]);
});

test('is unchanged by the name that it has', () => {
  const names = new OwnNames();
  names.take('heron', 100);
  names.take('heron', 200);
  assert.deepEqual(names.periods, [{ name: 'heron', from: 100 }]);
});

test('owns all messages under the name of an account', () => {
  const names = new OwnNames();
  names.take('mia');
  assert.equal(names.isOwn('mia', 1), true);
});

test('continues with the names that the browser remembers', () => {
  const names = new OwnNames([{ name: 'egret', from: 200 }, { name: 'heron', from: 100, to: 200 }]);
  assert.deepEqual([names.isOwn('heron', 150), names.isOwn('egret', 250), names.isCurrent('egret')], [true, true, true]);
});

/** A client that answers with this time and this newest message. */
const server = (timestamp, messages) => ({ request: async () => ({ timestamp }), history: async () => ({ messages }) });

test('expects the next id after the newest message and the current second', async () => {
  assert.equal(await nextMessageId(server(5, [])), 5_000_000);
  assert.equal(await nextMessageId(server(5, [{ id: 5_000_007 }])), 5_000_008);
  assert.equal(await nextMessageId(server(5, [{ id: 4_000_007 }])), 5_000_000);
});

/** A client that replies to `identify` with what the test sets. */
function client() {
  const listeners = new Set();
  let settle;
  const identified = new Promise((resolve, reject) => { settle = { resolve, reject }; });
  return {
    identify: () => identified,
    on: (type, listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit: (envelope) => listeners.forEach((listener) => listener(envelope)),
    listeners,
    settle,
  };
}

test('has a name as soon as the server gives it, before it is confirmed', async () => {
  const weir = client();
  const claimed = claimName(weir, 'heron');
  weir.emit({ type: 'identity', success: 'false' });
  assert.equal(weir.listeners.size, 1);
  weir.emit({ type: 'identity', success: 'true' });
  await claimed;
  assert.equal(weir.listeners.size, 0);
});

test('does not have a name that is refused', async () => {
  const weir = client();
  const claimed = claimName(weir, 'heron');
  weir.settle.reject(new Error('taken'));
  await assert.rejects(claimed, /taken/);
  assert.equal(weir.listeners.size, 0);
});
