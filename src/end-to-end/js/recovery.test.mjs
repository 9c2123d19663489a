/** weir.js over lost connections: every message arrives once, and is sent once. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Server, Weir, Wire, client, guest, messages, until } from './testing.mjs';

let server;
let rooms = 0;
/** Every test has a channel of its own. */
const room = () => `room${++rooms}`;
/** Over so many losses, more messages are sent than a page of history has, and than may be missed at once. */
const ROUNDS = 60;
const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => `${from + i}`);
const count = (weir, type) => weir.events.filter((event) => event.type === type).length;

async function say(weir, texts, channel) {
  await Promise.all(texts.map((text) => weir.send(text, { channel })));
}

async function reopened(weir) {
  await until(() => weir.state === 'open' && weir.authenticated);
}

before(async () => { server = await Server.start(); });

test('receives what it missed, in the URL\'s channel and in a joined one', async () => {
  const [here, there] = [room(), room()];
  const wire = await Wire.to(server);
  const heron = await guest(wire, 'heron', here);
  const egret = await guest(server, 'egret', here);
  await Promise.all([heron.join(there), egret.join(there)]);
  await say(egret, numbers(1, 5));
  await say(egret, numbers(1, 5), there);
  await until(() => heron.texts(there).length === 5);
  wire.shut();
  await say(egret, numbers(6, 25));
  await say(egret, numbers(6, 255), there);
  wire.reopen();
  await until(() => heron.texts(there).length >= 255 && heron.texts().length >= 25);
  await say(egret, ['live']);
  await say(egret, ['live'], there);
  await until(() => heron.texts().includes('live') && heron.texts(there).includes('live'));
  assert.deepEqual(heron.texts(), [...numbers(1, 25), 'live']);
  assert.deepEqual(heron.texts(there), [...numbers(1, 255), 'live']);
  assert.equal(count(heron, 'gap'), 0);
  assert.deepEqual([heron.user, heron.channels], ['heron', [there]]);
});

test('receives the changes that it missed, in order, in the URL\'s channel and in a joined one', async () => {
  const [here, there] = [room(), room()];
  const wire = await Wire.to(server);
  const heron = await guest(wire, 'heron', here);
  const egret = await guest(server, 'egret', here);
  await Promise.all([heron.join(there), egret.join(there)]);
  const changes = [];
  for (const type of ['message', 'edit', 'delete', 'react', 'unreact']) {
    heron.on(type, ({ channel, text, emoji }) => changes.push([channel, type, text ?? emoji].join(' ')));
  }
  const sent = [];
  for (const channel of [here, there]) {
    sent.push([channel, await egret.send('one', { channel }), await egret.send('two', { channel })]);
  }
  await until(() => changes.length === 4);
  wire.shut();
  for (const [channel, one, two] of sent) {
    await egret.request('edit', { id: one.id, text: 'first', channel });
    await egret.request('react', { id: one.id, emoji: '\u{1F44D}', channel });
    await egret.send('three', { channel, replyTo: one.id });
    await egret.request('delete', { id: two.id, channel });
  }
  wire.reopen();
  await until(() => changes.length === 12);
  for (const channel of [here, there]) {
    const expected = ['message one', 'message two', 'edit first', 'react \u{1F44D}', 'message three', 'delete '];
    const received = changes.filter((change) => change.startsWith(`${channel} `));
    assert.deepEqual(received, expected.map((change) => `${channel} ${change}`));
  }
  assert.equal(count(heron, 'gap'), 0);
});

test('receives what it missed in channels without earlier messages', async () => {
  const [here, there] = [room(), room()];
  const wire = await Wire.to(server);
  const egret = await guest(server, 'egret', here);
  await egret.join(there);
  await say(egret, ['before']);
  const heron = await guest(wire, 'heron', here);
  await heron.join(there);
  wire.shut();
  await say(egret, ['meanwhile']);
  await say(egret, ['meanwhile'], there);
  wire.reopen();
  await until(() => heron.texts().length > 0 && heron.texts(there).length > 0);
  assert.deepEqual([heron.texts(), heron.texts(there), count(heron, 'gap')], [['meanwhile'], ['meanwhile'], 0]);
});

test('misses nothing when the connection is lost again and again', async () => {
  const [here, there] = [room(), room()];
  const wire = await Wire.to(server);
  const heron = await guest(wire, 'heron', here);
  const egret = await guest(server, 'egret', here);
  await Promise.all([heron.join(there), egret.join(there)]);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < 20; i++) {
      await Promise.all([egret.send(`${round}.${i}`), egret.send(`${round}.${i}`, { channel: there })]);
      if (i === round % 20) wire.cut();
    }
  }
  const all = messages(egret, here).map(({ id }) => id);
  const allThere = messages(egret, there).map(({ id }) => id);
  await until(() => messages(heron, here).length === 20 * ROUNDS && messages(heron, there).length === 20 * ROUNDS);
  assert.deepEqual(messages(heron, here).map(({ id }) => id), all);
  assert.deepEqual(messages(heron, there).map(({ id }) => id), allThere);
  assert.equal(count(heron, 'gap'), 0);
});

test('keeps the missed messages that it has fetched when the connection is lost again', async () => {
  const [here, there] = [room(), room()];
  const wire = await Wire.to(server);
  const heron = await guest(wire, 'heron', here);
  const egret = await guest(server, 'egret', here);
  await Promise.all([heron.join(there), egret.join(there)]);
  await say(egret, ['0'], there);
  await until(() => heron.texts(there).length === 1);
  wire.shut();
  for (let round = 0; round < 4; round++) {
    await say(egret, numbers(round * 400 + 1, round * 400 + 400), there);
    // More than the server replays. Each connection lets one page through.
    const lost = new Promise((resolve) => {
      let pages = 0;
      heron.history = (what) => {
        if (what.after !== undefined && what.channel === there && ++pages === 2) {
          delete heron.history;
          wire.shut();
          resolve();
        }
        return Weir.prototype.history.call(heron, what);
      };
    });
    wire.reopen();
    await lost;
  }
  wire.reopen();
  await until(() => heron.texts(there).length === 1_601);
  assert.deepEqual(heron.texts(there), numbers(0, 1_600));
  assert.equal(count(heron, 'gap'), 0);
});

test('knows the last id as soon as it has joined', async () => {
  const [here, there] = [room(), room()];
  const wire = await Wire.to(server);
  const heron = await guest(wire, 'heron', here);
  const egret = await guest(server, 'egret', here);
  await egret.join(there);
  await say(egret, ['before'], there);
  for (let round = 0; round < 20; round++) {
    const other = room();
    await heron.join(other);
    wire.shut();
    await egret.join(other);
    await say(egret, ['meanwhile'], other);
    await egret.leave(other);
    wire.reopen();
    await until(() => heron.texts(other).length === 1);
    await heron.leave(other);
  }
  assert.equal(count(heron, 'gap'), 0);
});

test('reports a gap if too much was missed, and continues', async () => {
  const [here, there] = [room(), room()];
  const wire = await Wire.to(server);
  const heron = await guest(wire, 'heron', here);
  const egret = await guest(server, 'egret', here);
  await Promise.all([heron.join(there), egret.join(there)]);
  await say(egret, ['last']);
  await say(egret, ['last'], there);
  await until(() => heron.texts().length === 1 && heron.texts(there).length === 1);
  const ids = [messages(heron, here)[0].id, messages(heron, there)[0].id];
  wire.shut();
  await say(egret, numbers(1, 310));
  await say(egret, numbers(1, 310), there);
  wire.reopen();
  await until(() => count(heron, 'gap') === 2);
  await say(egret, ['on']);
  await say(egret, ['on'], there);
  await until(() => heron.texts().includes('on') && heron.texts(there).includes('on'));
  assert.deepEqual([heron.texts(), heron.texts(there)], [['last', 'on'], ['last', 'on']]);
  const gaps = heron.events.filter(({ type }) => type === 'gap').map(({ channel, after }) => [channel, after]);
  assert.deepEqual(gaps.sort(), [[here, ids[0]], [there, ids[1]]]);
});

test('restores everything after the server was killed', async () => {
  const mortal = await Server.start();
  const wire = await Wire.to(mortal);
  const [heron, egret] = [await guest(wire, 'heron'), await guest(mortal, 'egret')];
  await Promise.all([heron.join('boats'), egret.join('boats')]);
  const chat = await heron.private('egret');
  await say(egret, ['1']);
  await say(egret, ['1'], 'boats');
  await until(() => heron.texts('boats').length === 1);
  wire.shut();
  await mortal.kill();
  const offline = [heron.send('from heron'), heron.send('from heron', { channel: 'boats' }), egret.send('from egret')];
  await mortal.start();
  await reopened(egret);
  await say(egret, ['2']);
  await until(() => egret.channels.includes('boats'));
  await say(egret, ['2'], 'boats');
  wire.reopen();
  const acknowledged = await Promise.all(offline);
  assert.ok(acknowledged.every(({ id, timestamp }) => id / 1_000_000 - timestamp < 2));
  await until(() => egret.texts('boats').length === 3 && egret.texts().length === 4);
  await until(() => heron.texts('boats').length === 3 && heron.texts().length === 4);
  assert.deepEqual(heron.texts(), egret.texts());
  assert.deepEqual(heron.texts('boats'), ['1', '2', 'from heron']);
  assert.deepEqual([...heron.texts()].sort(), ['1', '2', 'from egret', 'from heron']);
  assert.deepEqual([heron.user, count(heron, 'identified'), count(heron, 'lost'), count(heron, 'gap')], ['heron', 2, 0, 0]);
  // A private chat of guests ends with the server.
  assert.deepEqual(heron.channels, ['boats']);
  assert.deepEqual(heron.events.filter(({ type }) => type === 'leave').map(({ channel }) => channel), [chat.channel]);
});

test('does not resend a stored message after its acknowledgement was lost', async () => {
  const channel = room();
  const wire = await Wire.to(server);
  const [heron, egret] = [await guest(wire, 'heron', channel), await guest(server, 'egret', channel)];
  wire.holdBack();
  const sent = heron.send('once');
  await until(() => egret.texts().length === 1);
  wire.cut();
  const { id } = await sent;
  assert.equal(id, messages(egret)[0].id);
  await heron.send('twice');
  await until(() => egret.texts().length === 2);
  assert.deepEqual(egret.texts(), ['once', 'twice']);
});

test('does not store a message twice if too many followed to find it', async () => {
  const channel = room();
  const wire = await Wire.to(server);
  const [heron, egret] = [await guest(wire, 'heron', channel), await guest(server, 'egret', channel)];
  wire.holdBack();
  const sent = heron.send('once');
  await until(() => egret.texts().length === 1);
  await say(egret, numbers(1, 310));
  wire.cut();
  assert.equal((await sent).id, messages(egret)[0].id);
  await heron.send('after');
  await until(() => egret.texts().includes('after'));
  assert.deepEqual([egret.texts().length, count(heron, 'gap')], [312, 1]);
});

test('does not send a stored message again after the server was killed', async () => {
  const mortal = await Server.start();
  const wire = await Wire.to(mortal);
  const [heron, egret] = [await guest(wire, 'heron'), await guest(mortal, 'egret')];
  await Promise.all([heron.join('boats'), egret.join('boats')]);
  await heron.send('before', { channel: 'boats' });
  wire.holdBack();
  const sent = [heron.send('once'), heron.send('once', { channel: 'boats' }), heron.send('once')];
  await until(() => egret.texts().length === 2 && egret.texts('boats').length === 2);
  await mortal.kill();
  wire.cut();
  await mortal.start();
  const ids = (await Promise.all(sent)).map(({ id }) => id);
  await reopened(egret);
  await heron.send('after');
  await until(() => egret.texts().includes('after'));
  const { messages: kept } = await heron.history({ limit: 100 });
  assert.deepEqual(kept.map(({ text }) => text), ['once', 'once', 'after']);
  assert.deepEqual([ids[0], ids[2]], kept.slice(0, 2).map(({ id }) => id));
  assert.equal((await egret.history({ channel: 'boats' })).messages.length, 2);
});

test('does not resend a message if the server may have forgotten its ref', async (context) => {
  const channel = room();
  const wire = await Wire.to(server);
  const heron = await guest(wire, 'heron', channel);
  wire.hold();
  const sent = heron.send('perhaps');
  wire.shut();
  await until(() => heron.state !== 'open');
  const waiting = heron.send('later');
  const now = Date.now;
  context.mock.method(Date, 'now', () => now() + 300_000);
  wire.reopen();
  await assert.rejects(sent, { code: 1006, reason: 'unknown' });
  await waiting;
  assert.deepEqual(heron.texts(), ['later']);
});

test('reports that its name was taken meanwhile, and stays connected', async () => {
  const mortal = await Server.start();
  const wire = await Wire.to(mortal);
  const heron = await guest(wire, 'heron');
  wire.shut();
  await mortal.kill();
  await mortal.start();
  const other = await guest(mortal, 'Heron');
  const waiting = heron.send('as whom?');
  wire.reopen();
  await assert.rejects(waiting, { code: 409, reason: 'taken' });
  await until(() => count(heron, 'lost') === 1);
  assert.deepEqual([heron.state, heron.user, heron.authenticated], ['open', null, false]);
  await other.send('hello');
  await until(() => heron.texts().includes('hello'));
  assert.deepEqual(await heron.identify('egret'), { user: 'egret' });
});

test('restores its login, and receives what it missed where an account is required', async () => {
  const closed = await Server.start({ REQUIRE_ACCOUNT: 'true' });
  const wire = await Wire.to(closed);
  const [mia, ben] = [client(wire), client(closed)];
  for (const [weir, name] of [[mia, 'mia'], [ben, 'ben']]) {
    await weir.connect();
    await weir.login({ token: await closed.token(name) });
    await weir.join('boats');
  }
  await say(ben, ['1']);
  await say(ben, ['1'], 'boats');
  await until(() => mia.texts('boats').length === 1 && mia.texts().length === 1);
  wire.shut();
  await say(ben, ['2']);
  await say(ben, ['2'], 'boats');
  await until(() => mia.state !== 'open');
  const waiting = [mia.send('3'), mia.send('3', { channel: 'boats' })];
  wire.reopen();
  await Promise.all(waiting);
  assert.deepEqual([mia.texts(), mia.texts('boats'), count(mia, 'gap')], [['1', '2', '3'], ['1', '2', '3'], 0]);
});

test('restores its name and channels if an answer is lost and old connections hang', async () => {
  const [here, there] = [room(), room()];
  const wire = await Wire.to(server);
  const heron = await guest(wire, 'heron', here);
  await heron.join(there);
  for (let round = 1; round <= 3; round++) {
    wire.lostReply = /"type":"identity"/;
    wire.leaveHanging();
    await until(() => wire.lostReply === null && wire.count === 1 + 2 * round);
    await reopened(heron);
    await heron.send(`here ${round}`, { channel: there });
  }
  assert.equal(heron.user, 'heron');
  assert.equal(count(heron, 'lost') + count(heron, 'leave'), 0);
  assert.deepEqual(heron.texts(there), ['here 1', 'here 2', 'here 3']);
});

test('takes its name again after it was silent for too long', async () => {
  const strict = await Server.start({ HEARTBEAT_TIMEOUT: '300ms' });
  const wire = await Wire.to(strict);
  const heron = await guest(wire, 'heron');
  const egret = await guest(strict, 'egret');
  wire.hold();
  await until(async () => (await egret.request('users')).count === 1);
  wire.letGo();
  await until(() => count(heron, 'identified') === 2);
  assert.equal((await heron.request('users')).count, 2);
  assert.equal(wire.count, 1);
});

test('does not join a channel again after a kick', async () => {
  const strict = await Server.start({ ADMIN_USERNAME: 'root', ADMIN_PASSWORD: 'correct horse' });
  const wire = await Wire.to(strict);
  const [heron, admin] = [await guest(wire, 'heron'), client(strict, 'boats')];
  await heron.join('boats');
  await admin.connect();
  await admin.login({ username: 'root', password: 'correct horse' });
  await admin.request('kick', { user: 'heron', reason: 'noise' });
  await until(() => count(heron, 'leave') === 1);
  assert.deepEqual([count(heron, 'kick'), heron.channels], [1, []]);
  wire.cut();
  await until(() => count(heron, 'identified') === 2);
  await heron.request('ping');
  assert.deepEqual(heron.channels, []);
});

test('reports a gap if the server has lost its messages', async () => {
  const forgetful = await Server.start({ DATABASE_URL: 'none' });
  const heron = await guest(forgetful, 'heron');
  await heron.join('boats');
  await say(heron, ['1']);
  await say(heron, ['1'], 'boats');
  await forgetful.kill();
  await forgetful.start();
  await until(() => count(heron, 'gap') === 2);
  await say(heron, ['2']);
  await say(heron, ['2'], 'boats');
  assert.deepEqual([heron.texts(), heron.texts('boats')], [['1', '2'], ['1', '2']]);
});
