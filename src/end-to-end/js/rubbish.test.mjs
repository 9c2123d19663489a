/** weir.js ignores frames that are not envelopes, and envelopes that no server sends. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { atEnd, client, until, ws } from './testing.mjs';

const RUBBISH = ['x', '', 'null', '5', '"s"', '[]', '{}', '{"type":null}', '{"type":"message"}', '{"type":"message","id":"x"}',
  '{"type":"__proto__","channel":"__proto__"}', '{"type":"state","state":"closed"}', '{"type":"gap"}', '{"type":"lost"}',
  '{"type":"identified"}', '{"type":"message","id":6,"text":"came before"}'];

test('ignores invalid frames, and receives the messages after them', async () => {
  const listener = new ws.WebSocketServer({ port: 0, host: '127.0.0.1' });
  atEnd({ close: () => listener.close() });
  await once(listener, 'listening');
  listener.on('connection', (socket) => {
    for (const frame of ['{"type":"connection","id":"fishing"}', '{"type":"message","id":7,"text":"before"}', ...RUBBISH,
      '{"type":"message","id":8,"text":"after"}']) socket.send(frame);
  });
  const weir = client(listener.address());
  await weir.connect();
  await until(() => weir.texts().includes('after'));
  assert.deepEqual(weir.events.map(({ type, state, text }) => state ?? text ?? type), ['connecting', 'open', 'before', 'after']);
});
