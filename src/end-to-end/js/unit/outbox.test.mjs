/** Messages that are not acknowledged, over several connections. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weirModule } from './modules.mjs';

const { Outbox } = await weirModule('outbox.js');
const { Requests } = await weirModule('requests.js');

/** An outbox, and what was sent from it. */
function outbox() {
  const requests = new Requests();
  const box = new Outbox(requests);
  const sent = [];
  const flush = (socket, { user = 'heron', isReady = () => true } = {}) =>
    box.flush({ socket, user, isReady, send: (envelope) => sent.push(envelope) });
  return { requests, box, sent, flush, texts: () => sent.map(({ text }) => text) };
}

const [firstSocket, secondSocket] = [{}, {}];

test('sends in order, and each message once on a connection', () => {
  const { box, sent, flush, texts } = outbox();
  box.add({ text: 'one' });
  box.add({ text: 'two', channel: 'boats' });
  flush(firstSocket);
  flush(firstSocket);
  assert.deepEqual(texts(), ['one', 'two']);
  assert.deepEqual(sent.map(({ type, channel }) => [type, channel]), [['message', undefined], ['message', 'boats']]);
});

test('sends again on the next connection, with the same ref, unless acknowledged', async () => {
  const { requests, box, sent, flush, texts } = outbox();
  const first = box.add({ text: 'one' });
  box.add({ text: 'two' });
  flush(firstSocket);
  requests.settle({ type: 'ack', ref: sent[0].ref, id: 7 });
  flush(secondSocket);
  assert.equal((await first).id, 7);
  assert.deepEqual(texts(), ['one', 'two', 'two']);
  assert.equal(sent[1].ref, sent[2].ref);
});

test('keeps a message until its channel is ready', () => {
  const { box, flush, texts } = outbox();
  box.add({ text: 'there', channel: 'boats' });
  box.add({ text: 'here' });
  flush(firstSocket, { isReady: (channel) => channel !== 'boats' });
  assert.deepEqual(texts(), ['here']);
  flush(firstSocket);
  assert.deepEqual(texts(), ['here', 'there']);
});

test('takes the message itself for its acknowledgement', async () => {
  const { box, flush } = outbox();
  const acknowledged = box.add({ text: 'one' });
  let isAcknowledged = false;
  acknowledged.then(() => { isAcknowledged = true; });
  const message = { id: 7, user: 'heron', text: 'one', timestamp: 1 };
  box.acknowledge(message, () => true); // which was not sent yet
  flush(firstSocket);
  box.acknowledge({ ...message, user: 'egret' }, () => true);
  box.acknowledge({ ...message, text: 'two' }, () => true);
  box.acknowledge(message, () => false);
  await Promise.resolve();
  assert.equal(isAcknowledged, false);
  box.acknowledge(message, () => true);
  const { id, timestamp } = await acknowledged;
  assert.deepEqual([id, timestamp], [7, 1]);
});

test('acknowledges only one of two equal messages', async () => {
  const { requests, box, flush } = outbox();
  const first = box.add({ text: 'same' });
  box.add({ text: 'same' });
  flush(firstSocket);
  box.acknowledge({ id: 7, user: 'heron', text: 'same', timestamp: 1 }, () => true);
  assert.equal((await first).id, 7);
  assert.equal(requests.ofKind('message').length, 1);
});

test('does not send under another name what may have been sent under the first', async () => {
  const { box, flush, texts } = outbox();
  const message = box.add({ text: 'one' });
  flush(firstSocket);
  flush(secondSocket, { user: 'egret' });
  await assert.rejects(message, { reason: 'unknown' });
  assert.deepEqual(texts(), ['one']);
});

test('does not send again after the server may have forgotten the ref', async (context) => {
  let now = 1_000_000;
  context.mock.method(Date, 'now', () => now);
  const { box, flush, texts } = outbox();
  const message = box.add({ text: 'one' });
  flush(firstSocket);
  now += 279_999;
  flush(secondSocket);
  assert.deepEqual(texts(), ['one', 'one']);
  now += 1;
  flush({});
  await assert.rejects(message, { reason: 'unknown' });
  assert.deepEqual(texts(), ['one', 'one']);
});
