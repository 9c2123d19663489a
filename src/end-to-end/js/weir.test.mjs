/** weir.js against the real server, without lost connections. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Server, WeirError, client, guest, until } from './testing.mjs';

let server;
let rooms = 0;
/** Every test has a channel of its own. */
const room = () => `room${++rooms}`;

before(async () => { server = await Server.start(); });

test('has a channel and a state', async () => {
  const weir = client(server, 'lakes/north');
  const connection = await weir.connect();
  assert.equal(connection.id, 'lakes/north');
  assert.deepEqual([weir.channel, weir.state, weir.user, weir.authenticated], ['lakes/north', 'open', null, false]);
  assert.deepEqual(weir.events.map(({ state }) => state), ['connecting', 'open']);
});

test('has a name when it is confirmed', async () => {
  const weir = await guest(server, '  heron ', room());
  assert.deepEqual([weir.user, weir.authenticated], ['heron', true]);
  assert.match(weir.resume, /.{16}/);
  assert.deepEqual(weir.events.at(-1), { type: 'identified', user: 'heron' });
});

test('rejects a refused name with the reason', async () => {
  const channel = room();
  await server.token('owner');
  await guest(server, 'heron', channel);
  const weir = client(server, channel);
  await weir.connect();
  for (const [name, code, reason] of [['HERON', 409, 'taken'], ['a b', 400, 'invalid'], ['owner', 409, 'registered']]) {
    await assert.rejects(weir.identify(name), (error) => {
      assert.ok(error instanceof WeirError);
      assert.deepEqual([error.code, error.reason], [code, reason]);
      return true;
    });
  }
  assert.equal(weir.user, null);
});

test('takes another name, and logs out', async () => {
  const weir = await guest(server, 'heron', room());
  assert.deepEqual(await weir.identify('egret'), { user: 'egret' });
  await weir.logout();
  assert.deepEqual([weir.user, weir.authenticated, weir.resume, weir.state], [null, false, null, 'open']);
  assert.deepEqual(await weir.identify('heron'), { user: 'heron' });
});

test('takes a name back by its secret', async () => {
  const channel = room();
  const first = await guest(server, 'heron', channel);
  const second = client(server, channel);
  await second.connect();
  await second.identify('heron', { resume: first.resume });
  await until(() => first.state === 'closed');
  assert.equal(first.events.at(-1).code, 4501);
});

test('sends messages that are acknowledged, and received by others', async () => {
  const channel = room();
  const [heron, egret] = [await guest(server, 'heron', channel), await guest(server, 'egret', channel)];
  const { id, timestamp } = await heron.send('a pike');
  assert.ok(Math.abs(timestamp - Date.now() / 1_000) < 60);
  await until(() => egret.texts().length === 1);
  const [{ text, user, channel: where, id: heardId }] = egret.events.filter(({ type }) => type === 'message');
  assert.deepEqual([text, user, where, heardId], ['a pike', 'heron', channel, id]);
  heron.tell('typing');
  await until(() => egret.events.some(({ type, user: typist }) => type === 'typing' && typist === 'heron'));
});

test('keeps a message until it has a name', async () => {
  const weir = client(server, room());
  await weir.connect();
  const sent = weir.send('early');
  await weir.identify('heron');
  await sent;
  assert.deepEqual(weir.texts(), ['early']);
});

test('rejects a message without a connection, or that waits when the client closes', async () => {
  const weir = client(server, room());
  await assert.rejects(weir.send('nowhere'), { code: 1006 });
  await weir.connect();
  const sent = weir.send('early');
  weir.close();
  await assert.rejects(sent, { code: 1000 });
  await assert.rejects(weir.request('users'), { code: 1006 });
});

test('reads the history in pages', async () => {
  const weir = await guest(server, 'heron', room());
  for (let i = 1; i <= 5; i++) await weir.send(`${i}`);
  const newest = await weir.history({ limit: 2 });
  assert.deepEqual(newest.messages.map(({ text }) => text), ['4', '5']);
  const older = await weir.history({ limit: 3, before: newest.next });
  assert.deepEqual(older.messages.map(({ text }) => text), ['1', '2', '3']);
  assert.equal(older.next, undefined);
  const later = await weir.history({ after: older.messages[0].id, limit: 1 });
  assert.deepEqual(later.messages.map(({ text }) => text), ['2']);
});

test('tells the other connections of an account what it has read', async () => {
  const [channel, token] = [room(), await server.token('reader')];
  const [here, there] = [client(server, channel), client(server, channel)];
  for (const weir of [here, there]) {
    await weir.connect();
    await weir.login({ token });
  }
  const { id } = await here.send('read this');
  assert.equal((await here.markRead(id)).type, 'read');
  const told = ({ type, user }) => type === 'read' && user === 'reader';
  const read = [];
  there.on('read', (event) => read.push(event));
  await until(() => read.some(told));
  assert.deepEqual(read.map((event) => [event.id, event.channel]), [[id, channel]]);
  await assert.rejects(here.markRead(id + 1), { code: 404, reason: 'no_such_message' });
});

test('changes messages', async () => {
  const channel = room();
  const [heron, egret] = [await guest(server, 'heron', channel), await guest(server, 'egret', channel)];
  const { id } = await heron.send('helo');
  const changes = [];
  for (const type of ['edit', 'react', 'unreact', 'delete']) {
    egret.on(type, ({ ref, ...event }) => ref === undefined && changes.push(event));
  }
  assert.equal((await heron.edit(id, 'hello')).type, 'edit');
  assert.equal((await egret.react(id, '👍')).type, 'react');
  const [message] = (await heron.history()).messages;
  assert.deepEqual([message.text, message.reactions], ['hello', { '👍': ['egret'] }]);
  await egret.unreact(id, '👍');
  await heron.delete(id);
  await until(() => changes.length === 4);
  const told = changes.map(({ type, user }) => `${type} ${user}`);
  assert.deepEqual(told, ['edit heron', 'react egret', 'unreact egret', 'delete heron']);
  assert.ok(changes.every((change) => change.id === id && change.channel === channel));
  assert.deepEqual((await egret.history()).messages, []);
});

test('rejects changes that are not allowed', async () => {
  const channel = room();
  const [heron, egret] = [await guest(server, 'heron', channel), await guest(server, 'egret', channel)];
  const { id } = await heron.send('mine');
  await assert.rejects(egret.edit(id, 'forged'), { code: 403, reason: 'not_author' });
  await assert.rejects(egret.delete(id), { code: 403, reason: 'not_author' });
  await assert.rejects(egret.react(id, 'no emoji'), { code: 400, reason: 'invalid_value' });
  await assert.rejects(egret.react(id + 1, '👍'), { code: 404, reason: 'no_such_message' });
});

test('changes messages of a joined channel', async () => {
  const [here, there] = [room(), room()];
  const heron = await guest(server, 'heron', here);
  await heron.join(there);
  const { id } = await heron.send('helo', { channel: there });
  await heron.edit(id, 'hello', { channel: there });
  await heron.react(id, '👍', { channel: there });
  await heron.unreact(id, '👍', { channel: there });
  const [message] = (await heron.history({ channel: there })).messages;
  assert.deepEqual([message.text, message.reactions], ['hello', undefined]);
  await assert.rejects(heron.delete(id), { code: 404 });
  await heron.delete(id, { channel: there });
});

test('joins other channels', async () => {
  const [here, there] = [room(), room()];
  const [heron, egret] = [await guest(server, 'heron', here), await guest(server, 'egret', there)];
  assert.equal((await heron.join(there)).id, there);
  assert.deepEqual(heron.channels, [there]);
  await egret.send('hello');
  await heron.send('hello yourself', { channel: there });
  await until(() => egret.texts().length === 2 && heron.texts(there).length === 2);
  await heron.leave(there);
  assert.deepEqual(heron.channels, []);
  await egret.send('gone?');
  await assert.rejects(heron.send('gone', { channel: there }), { code: 403 });
  assert.deepEqual([heron.texts(there).length, heron.texts().length], [2, 0]);
});

test('has private chats', async () => {
  const channel = room();
  const [heron, egret] = [await guest(server, 'heron', channel), await guest(server, 'egret', channel)];
  const chat = await heron.private('egret');
  assert.deepEqual(chat.users, ['egret', 'heron']);
  await until(() => egret.channels.includes(chat.channel));
  await egret.send('psst', { channel: chat.channel });
  await until(() => heron.texts(chat.channel).includes('psst'));
  assert.deepEqual([heron.channels, heron.texts()], [[chat.channel], []]);
  await assert.rejects(heron.private('nobody'), { code: 404 });
});

test('logs in by a token or a password', async () => {
  const token = await server.token('mia');
  const weir = client(server, room());
  await weir.connect();
  await assert.rejects(weir.login({ token: 'wrong' }), { code: 401 });
  assert.equal((await weir.login({ token })).user, 'mia');
  assert.deepEqual([weir.user, weir.authenticated, weir.resume], ['mia', true, null]);
  await weir.send('at once');
  const other = client(server, room());
  await other.connect();
  assert.equal((await other.login({ username: 'mia', password: 'correct horse' })).user, 'mia');
});

test('joins the room of an auth envelope', async () => {
  const weir = client(server, room());
  await weir.connect();
  await weir.request('auth', { token: await server.token('mia'), room: 'parlour' });
  await until(() => weir.channels.includes('parlour'));
});

test('answers any request, or rejects it', async () => {
  const weir = await guest(server, 'heron', room());
  assert.deepEqual((await weir.request('users')).users, ['heron']);
  assert.equal((await weir.request('typing')).type, 'typing');
  await assert.rejects(weir.request('nonsense'), { code: 400 });
  await assert.rejects(weir.send('x'.repeat(5_000)), { code: 413 });
});

test('reconnects after a message that is too large for a frame', async () => {
  const weir = await guest(server, 'heron', room());
  await assert.rejects(weir.send('x'.repeat(70_000)), { code: 1009 });
  await weir.send('shorter');
  assert.deepEqual(weir.texts(), ['shorter']);
});

test('rejects with the time to wait', async () => {
  const channel = room();
  const root = await Server.start({ ADMIN_USERNAME: 'root', ADMIN_PASSWORD: 'correct horse' });
  const [admin, heron] = [client(root, channel), await guest(root, 'heron', channel)];
  await admin.connect();
  await admin.login({ username: 'root', password: 'correct horse' });
  await admin.request('mute', { user: 'heron', duration: 600 });
  await assert.rejects(heron.send('but'), ({ code, retryAfter }) => code === 403 && retryAfter > 590);
});

test('continues after an error in a listener', async (context) => {
  const logged = context.mock.method(console, 'error', () => {});
  const weir = await guest(server, 'heron', room());
  weir.on('message', () => { throw new Error('a listener fails'); });
  const off = weir.on('message', () => assert.fail('it was removed'));
  off();
  await weir.send('still here');
  assert.deepEqual(weir.texts(), ['still here']);
  assert.match(logged.mock.calls[0].arguments[0].message, /a listener fails/);
});
