/** The connection on a socket and a clock of the test's. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { weirModule } from './modules.mjs';

const { Connection, parseEnvelope } = await weirModule('connection.js');
const { Listeners } = await weirModule('listeners.js');

let sockets;

class Socket {
  sent = [];
  isClosed = false;

  constructor(url) {
    this.url = url;
    sockets.push(this);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.isClosed = true;
  }
}

function connect(options) {
  const losses = [];
  const received = [];
  const connection = new Connection(
    {
      WebSocket: Socket, random: () => 1, silence: 100, probing: 10, patience: 50, firstDelay: 4, longestDelay: 64,
      settled: 1_000, ...options,
    },
    {
      address: () => `ws://server/${sockets.length}`,
      connecting: () => {},
      receive: (envelope) => received.push(envelope),
      lost: (loss) => losses.push(loss),
    },
  );
  connection.start();
  return { connection, losses, received };
}

beforeEach((context) => {
  sockets = [];
  context.mock.timers.enable({ apis: ['setTimeout'] });
});

test('reconnects after a delay, to a new address', ({ mock }) => {
  const { connection, losses } = connect();
  connection.opened();
  sockets[0].onclose({ code: 1001, reason: 'going away' });
  assert.deepEqual(losses, [{ wasOpen: true, code: 1001, reason: 'going away', delay: 4 }]);
  assert.equal(connection.state, 'waiting');
  mock.timers.tick(3);
  assert.equal(sockets.length, 1);
  mock.timers.tick(1);
  assert.deepEqual([sockets[1].url, connection.state], ['ws://server/1', 'connecting']);
});

test('does not reconnect after a final close, or its own', ({ mock }) => {
  for (const end of [() => sockets.at(-1).onclose({ code: 4503, reason: 'kicked' }), ({ connection }) => connection.close()]) {
    const one = connect();
    end(one);
    const count = sockets.length;
    mock.timers.tick(100_000);
    assert.deepEqual([one.connection.state, one.losses[0].delay, sockets.length], ['closed', null, count]);
    assert.ok(sockets.at(-1).isClosed);
  }
});

test('gives up an attempt that is not answered', ({ mock }) => {
  const { losses } = connect();
  mock.timers.tick(50);
  assert.deepEqual(losses, [{ wasOpen: false, code: 1006, reason: 'no answer', delay: 4 }]);
  assert.ok(sockets[0].isClosed);
});

test('does not hear a socket that it has given up', ({ mock }) => {
  connect();
  mock.timers.tick(50);
  assert.deepEqual([sockets[0].onmessage, sockets[0].onclose], [null, null]);
});

test('probes a connection that is silent, and replaces it at once if it is dead', ({ mock }) => {
  const { connection, losses } = connect();
  connection.opened();
  mock.timers.tick(99);
  sockets[0].onmessage({ data: '{"type":"users"}' });
  mock.timers.tick(99);
  assert.deepEqual(sockets[0].sent, []);
  mock.timers.tick(1);
  assert.deepEqual(sockets[0].sent, [{ type: 'ping' }]);
  sockets[0].onmessage({ data: '{"type":"pong"}' });
  mock.timers.tick(100);
  assert.equal(losses.length, 0);
  mock.timers.tick(10);
  assert.deepEqual(losses, [{ wasOpen: true, code: 1006, reason: 'the connection is dead', delay: 0 }]);
});

test('reconnects at once when probed while it waits', () => {
  const { connection } = connect({ firstDelay: 60_000, longestDelay: 60_000 });
  sockets[0].onclose({ code: 1006, reason: '' });
  connection.probe();
  assert.equal(connection.state, 'connecting');
});

test('has short delays again after a connection that lasted', ({ mock }) => {
  let now = 0;
  mock.method(Date, 'now', () => now);
  const { connection, losses } = connect();
  const loseAfter = (ms) => {
    connection.opened();
    now += ms;
    sockets.at(-1).onclose({ code: 1001, reason: '' });
    mock.timers.tick(64);
  };
  [0, 1_000, 1_001, 0].forEach(loseAfter);
  assert.deepEqual(losses.map(({ delay }) => delay), [4, 8, 4, 8]);
});

test('sends only while it is open', () => {
  const { connection } = connect();
  connection.send({ type: 'early' });
  connection.opened();
  connection.send({ type: 'typing' });
  connection.close();
  connection.send({ type: 'late' });
  assert.deepEqual(sockets[0].sent, [{ type: 'typing' }]);
});

test('takes an object with a type for an envelope, and nothing else', () => {
  assert.deepEqual(parseEnvelope('{"type":"pong","timestamp":1}'), { type: 'pong', timestamp: 1 });
  for (const data of ['x', '', 'null', '5', '"type"', '[]', '{}', '{"type":null}', '{"type":5}', undefined]) {
    assert.equal(parseEnvelope(data), null, data);
  }
});

test('notifies each listener until it is removed, even if another one fails', ({ mock }) => {
  const logged = mock.method(console, 'error', () => {});
  const listeners = new Listeners();
  const heard = [];
  listeners.add('message', () => { throw new Error('it fails'); });
  const remove = listeners.add('message', (event) => heard.push(event));
  listeners.add('other', (event) => heard.push(event));
  listeners.notify('message', 1);
  remove();
  listeners.notify('message', 2);
  assert.deepEqual([heard, logged.mock.callCount()], [[1], 2]);
});
