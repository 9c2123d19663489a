/** When and how weir.js reconnects: against the real server, and against servers that misbehave. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { before, test } from 'node:test';
import { Server, WeirError, Wire, atEnd, client, guest, until, ws } from './testing.mjs';

let server;

before(async () => { server = await Server.start(); });

/** A server that accepts every connection and then calls `behave` with the socket and the number of the connection. */
async function misbehaving(behave) {
  const listener = new ws.WebSocketServer({ port: 0, host: '127.0.0.1' });
  const all = [];
  listener.on('connection', (socket, request) => {
    all.push(request.url);
    behave(socket, all.length);
  });
  atEnd({ close: () => listener.close() });
  await once(listener, 'listening');
  return { port: listener.address().port, requests: all };
}

const greet = (socket) => socket.send('{"type":"connection","id":"fishing"}');
const delays = (weir) => weir.events.filter(({ state }) => state === 'waiting').map(({ delay }) => delay);

test('rejects if it cannot create a WebSocket', async () => {
  class Refusing { constructor() { throw new SyntaxError('no such scheme'); } }
  for (const [WebSocket, message] of [[undefined, /WebSocket is not a constructor/], [Refusing, /no such scheme/]]) {
    const weir = client(server, 'fishing', { WebSocket });
    const connecting = weir.connect();
    await assert.rejects(connecting, (error) => error instanceof WeirError && error.code === 1006 && message.test(error));
    assert.equal(weir.state, 'closed');
    assert.equal(weir.events.at(-1).state, 'closed');
  }
});

test('waits longer after each failure, at random between half of the delay and the whole', async () => {
  for (const [random, expected] of [[1, [2, 4, 8, 16, 20, 20]], [0, [1, 2, 4, 8, 10, 10]]]) {
    const deaf = await misbehaving((socket) => socket.terminate());
    const weir = client(deaf, 'fishing', { firstDelay: 2, longestDelay: 20, random: () => random });
    weir.connect().catch(() => {});
    await until(() => delays(weir).length >= 6);
    weir.close();
    assert.deepEqual(delays(weir).slice(0, 6), expected);
  }
});

test('waits longer for a server that accepts connections and closes them at once', async () => {
  const busy = await misbehaving((socket) => { greet(socket); socket.close(1013, 'full'); });
  const weir = client(busy, 'fishing', { firstDelay: 2, longestDelay: 64, random: () => 1 });
  await weir.connect();
  await until(() => delays(weir).length >= 6);
  weir.close();
  assert.deepEqual(delays(weir).slice(0, 6), [2, 4, 8, 16, 32, 64]);
  assert.deepEqual(weir.events.find(({ state }) => state === 'waiting'),
    { type: 'state', state: 'waiting', delay: 2, code: 1013, reason: 'full' });
});

test('has short delays again after a connection that lasted', async () => {
  const flaky = await misbehaving((socket, n) => {
    greet(socket);
    setTimeout(() => socket.close(1001), n === 4 ? 1_500 : 0);
  });
  const weir = client(flaky, 'fishing', { firstDelay: 2, longestDelay: 64, random: () => 1, settled: 1_000 });
  await weir.connect();
  await until(() => delays(weir).length >= 5);
  weir.close();
  assert.deepEqual(delays(weir).slice(0, 5), [2, 4, 8, 2, 4]);
});

test('reconnects after these close codes', async () => {
  for (const code of [1000, 1001, 1009, 1011, 1013, 4000, 4008, 4009, 4499]) {
    const rough = await misbehaving((socket, n) => { greet(socket); if (n === 1) socket.close(code); });
    const weir = client(rough);
    await weir.connect();
    await until(() => rough.requests.length === 2 && weir.state === 'open', `back after ${code}`);
    weir.close();
  }
});

test('does not reconnect after these close codes', async () => {
  for (const code of [1002, 1003, 1007, 1008, 4500, 4501, 4503, 4504, 4999]) {
    const final = await misbehaving((socket) => { greet(socket); socket.close(code, 'go'); });
    const weir = client(final, 'fishing', { firstDelay: 1, longestDelay: 1 });
    await weir.connect();
    await until(() => weir.state === 'closed');
    assert.deepEqual(weir.events.at(-1), { type: 'state', state: 'closed', delay: null, code, reason: 'go' });
  }
});

test('rejects with the reason if the server refuses the channel', async () => {
  const weir = client(server, 'not%20an%20id');
  await assert.rejects(weir.connect(), ({ code, message }) => code === 1008 && message.length > 0);
  assert.equal(weir.state, 'closed');
  assert.ok(weir.events.some(({ type, code }) => type === 'error' && code === 400));
});

test('connects as soon as the server runs', async () => {
  const late = await Server.start();
  await late.kill();
  const weir = client(late);
  const connected = weir.connect();
  await until(() => delays(weir).length > 1);
  assert.equal(weir.connect(), connected);
  await late.start();
  assert.equal((await connected).id, 'fishing');
});

test('does not reconnect after a kick', async () => {
  const strict = await Server.start({ ADMIN_USERNAME: 'root', ADMIN_PASSWORD: 'correct horse' });
  const wire = await Wire.to(strict);
  const [heron, admin] = [await guest(wire, 'heron'), client(strict)];
  await admin.connect();
  await admin.login({ username: 'root', password: 'correct horse' });
  const unsent = heron.send('away', { channel: 'fishing' });
  await unsent;
  await admin.request('kick', { user: 'heron', reason: 'noise' });
  await until(() => heron.state === 'closed');
  const [kick] = heron.events.filter(({ type }) => type === 'kick');
  assert.deepEqual([kick.by, kick.reason, heron.events.at(-1).code], ['root', 'noise', 4503]);
  await assert.rejects(heron.send('but'), { code: 1006 });
  assert.equal(wire.count, 1);
});

test('asks for missed messages and for pings', async () => {
  const flaky = await misbehaving((socket, n) => {
    greet(socket);
    socket.on('message', (text) => {
      const { type, ref } = JSON.parse(text);
      if (type === 'history') socket.send(JSON.stringify({ type, ref, messages: [{ id: 7 }] }));
      if (type === 'history' && n === 1) setTimeout(() => socket.terminate(), 20);
    });
  });
  const weir = client(flaky);
  await weir.connect();
  await until(() => flaky.requests.length === 2);
  assert.deepEqual(flaky.requests, ['/fishing?heartbeat=pong', '/fishing?heartbeat=pong&since=7']);
});

test('reports a gap if it does not know the last id', async () => {
  const silent = await misbehaving((socket, n) => { 
    greet(socket);
    if (n === 1) setTimeout(() => socket.terminate(), 20);
    socket.on('message', (text) => {
      const { type, ref } = JSON.parse(text);
      if (type === 'history' && n > 1) socket.send(JSON.stringify({ type, ref, messages: [{ id: 7 }] }));
    });
  });
  const weir = client(silent, 'fishing', { patience: 500 });
  await weir.connect();
  const gap = await until(() => weir.events.find(({ type }) => type === 'gap'));
  assert.deepEqual(gap, { type: 'gap', channel: 'fishing', after: undefined });
});

test('does not send under another name what may have been sent under the first', async () => {
  const said = [];
  const odd = await misbehaving((socket) => {
    greet(socket);
    socket.on('message', (text) => {
      const { type, ref, user, text: words } = JSON.parse(text);
      if (type === 'message') said.push(words);
      if (type === 'history') socket.send(JSON.stringify({ type, ref, messages: [] }));
      if (type !== 'identity') return;
      socket.send(JSON.stringify({ type, ref, success: 'true', resume: 'secret' }));
      socket.send('{"type":"heartbeat","authenticated":"true"}');
      if (user === 'egret' && odd.requests.length === 1) socket.terminate();
    });
  });
  const weir = client(odd);
  await weir.connect();
  await weir.identify('heron');
  const sent = weir.send('a pike');
  weir.identify('egret').catch(() => {});
  await assert.rejects(sent, { reason: 'unknown' });
  assert.deepEqual([said, weir.user], [['a pike'], 'egret']);
});

test('reconnects to the channel that the server created for it', async () => {
  const wire = await Wire.to(server);
  const weir = client(wire, '');
  const { id } = await weir.connect();
  assert.match(id, /^[0-9a-zA-Z]{12}$/);
  wire.cut();
  await until(() => wire.count === 2 && weir.state === 'open');
  assert.equal(weir.channel, id);
  await until(() => weir.events.filter(({ state }) => state === 'open').length === 2);
  await (await guest(server, 'heron', id)).send('here?');
  await until(() => weir.texts().includes('here?'));
});

test('detects a dead connection', async () => {
  const wire = await Wire.to(server);
  const weir = await guest(wire, 'heron', 'silence', { silence: 100, probing: 100 });
  await weir.request('ping');
  wire.hold();
  await until(() => wire.count === 2 && weir.authenticated);
  assert.deepEqual(delays(weir), [0]);
  await weir.send('back');
});

test('keeps a connection that is only quiet', async () => {
  const wire = await Wire.to(server);
  const weir = client(wire, 'quiet', { silence: 20, probing: 2_000 });
  let pongs = 0;
  weir.on('pong', () => pongs++);
  await weir.connect();
  await until(() => pongs > 5);
  assert.equal(wire.count, 1);
});

test('detects a dead connection by a probe, and rejects the requests on it', async () => {
  const wire = await Wire.to(server);
  const weir = await guest(wire, 'heron', 'asked', { probing: 100 });
  wire.hold();
  const asked = weir.request('users');
  weir.probe();
  await assert.rejects(asked, { code: 1006 });
  await until(() => wire.count === 2 && weir.authenticated);
});

test('reconnects at once by a probe', async () => {
  const wire = await Wire.to(server);
  const weir = await guest(wire, 'heron', 'impatient', { firstDelay: 1_000_000, longestDelay: 1_000_000 });
  wire.cut();
  await until(() => weir.state === 'waiting');
  weir.probe();
  await until(() => weir.authenticated);
});

test('gives up on a server that does not answer in time', async () => {
  const mute = await misbehaving((socket, n) => { if (n > 1) greet(socket); });
  const weir = client(mute, 'fishing', { patience: 500 });
  await weir.connect();
  assert.ok(mute.requests.length > 1);
  await assert.rejects(weir.request('users'), { code: 408 });
});

test('stays closed', async () => {
  const wire = await Wire.to(server);
  const weir = client(wire, 'closed');
  const connecting = weir.connect();
  weir.close();
  await assert.rejects(connecting, { code: 1000 });
  await weir.connect();
  weir.close();
  assert.deepEqual(weir.events.at(-1), { type: 'state', state: 'closed', delay: null, code: 1000, reason: 'closed by this client' });
  weir.tell('typing');
  weir.probe();
  assert.equal(weir.state, 'closed');
});

test('waits as a rate limit demands, and joins all channels again', async () => {
  const strict = await Server.start({ MESSAGE_RATE: '4' });
  const wire = await Wire.to(strict);
  const weir = await guest(wire, 'heron');
  const rooms = Array.from({ length: 12 }, (_, i) => `room${i}`);
  for (const room of rooms) {
    await until(() => weir.join(room).then(() => true, ({ retryAfter }) => retryAfter === undefined));
  }
  wire.cut();
  await until(() => weir.events.filter(({ type }) => type === 'identified').length === 2);
  await weir.send('in the last one', { channel: rooms.at(-1) });
  assert.deepEqual(weir.channels, rooms);
  assert.deepEqual(weir.events.filter(({ type }) => type === 'leave'), []);
});

test('takes its name again that the server freed before it was confirmed', async () => {
  const strict = await Server.start({ HEARTBEAT_TIMEOUT: '300ms', IDENTITY_GRACE: '1s' });
  const wire = await Wire.to(strict);
  const heron = client(wire);
  await heron.connect();
  const named = heron.identify('heron');
  await until(() => heron.resume !== null);
  wire.hold();
  const other = client(strict);
  await other.connect();
  await until(() => other.request('identity', { user: 'heron' }).then(() => other.request('logout'), () => null));
  wire.letGo();
  heron.probe();
  assert.deepEqual(await named, { user: 'heron' });
});
