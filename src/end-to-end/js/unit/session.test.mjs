/** A session, on a client and a page of the test's. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { pageModule } from './modules.mjs';

const { Session } = await pageModule('session.js');

let weir;
let page;
let api;
let identity;
let isVisible;

/** The client as a session uses it; the test sends the events. */
class Client {
  state = 'open';
  resume = 'secret';
  requests = [];
  #listeners = new Map();

  on(type, listener) {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
    return () => this.#listeners.set(type, this.#listeners.get(type).filter((one) => one !== listener));
  }

  emit(type, event) {
    (this.#listeners.get(type) ?? []).forEach((listener) => listener({ type, ...event }));
  }

  async connect() {}
  async login() { return { user: 'mia' }; }
  async identify(name) { this.emit('identity', { success: 'true' }); return { user: name }; }
  async history() { return { messages: [] }; }
  async join(id) { this.requests.push(['join', id]); }
  async leave(id) { this.requests.push(['leave', id]); }
  async private() { return { channel: '@x', users: ['ann', 'bob'] }; }
  async send(text) { this.requests.push(['send', text]); return { id: 7, timestamp: 1 }; }
  async request(type, fields) { this.requests.push([type, fields?.user ?? fields?.channel]); return { timestamp: 1 }; }
  close() { this.state = 'closed'; }
}

beforeEach(() => {
  weir = new Client();
  isVisible = true;
  identity = { guest: null, open: [], blocked: [] };
  page = {
    notices: [], ends: [], lost: [],
    changed() {},
    notify(text) { this.notices.push(text); },
    connectionChanged() {},
    nameLost(error) { this.lost.push(error); },
    ended(end) { this.ends.push(end); },
  };
  api = { me: async () => ({ role: 'member' }), moderators: async () => [], deleteAccount: async () => {} };
});

const create = () => new Session({ weir, page, api, identity, isPageVisible: () => isVisible }, 'fishing');
const settled = () => new Promise((resolve) => setImmediate(resolve));

async function guest() {
  const session = create();
  await session.enter({ name: 'ann' });
  weir.emit('identified', { user: 'ann' });
  await settled();
  return session;
}

async function account() {
  const session = create();
  await session.enter({ token: 'token' });
  weir.emit('identified', { user: 'mia' });
  await settled();
  return session;
}

const message = (id, user = 'bob', channel = 'fishing') => ({ id, user, text: `${id}`, timestamp: 1, channel });

test('enters as a guest and is remembered by the browser', async () => {
  const session = await guest();
  assert.deepEqual([session.me, session.hasEntered, session.isConfirmed, session.isAccount], ['ann', true, true, false]);
  const { name, resume } = identity.guest;
  assert.deepEqual([name, resume, identity.open], ['ann', 'secret', [{ id: 'fishing', users: [] }]]);
});

test('owns the earlier messages of a guest who comes back with the secret', async () => {
  identity.guest = { name: 'ann', resume: 'secret', names: [{ name: 'ann', from: 100 }] };
  const session = create();
  await session.enter({ name: 'ann', resume: 'secret' });
  assert.equal(session.names.isOwn('ann', 100), true);
  assert.ok(!weir.requests.some(([type]) => type === 'ping'));
});

test('enters with an account, and learns its role', async () => {
  api.me = async () => ({ role: 'admin' });
  const session = await account();
  assert.deepEqual([session.me, session.isAccount, session.isAdmin, identity.guest], ['mia', true, true, null]);
});

test('tells own messages from others of the same name', async () => {
  const session = await guest();
  weir.emit('message', message(1_000_000, 'ann'));
  weir.emit('message', message(999_999, 'ann'));
  assert.deepEqual(session.active.entries.map(({ isOwn }) => isOwn), [false, true]);
});

test('counts messages that the user does not see', async () => {
  const session = await guest();
  await session.join('boats');
  weir.emit('message', message(1));
  weir.emit('message', message(2, 'bob', 'boats'));
  isVisible = false;
  weir.emit('message', message(3));
  weir.emit('message', message(4, 'ann'));
  const unread = () => [...session.conversations.values()].map((one) => one.unread);
  weir.emit('message', message(2_000_000, 'ann', 'boats'));
  assert.deepEqual(unread(), [2, 1]); // 4 is of an earlier user of her name, the last one is her own
  session.markRead();
  assert.deepEqual(unread(), [2, 1]);
  isVisible = true;
  session.markRead();
  assert.deepEqual(unread(), [0, 1]);
  session.show(session.conversations.get('boats'));
  assert.deepEqual(unread(), [0, 0]);
});

test('sends a message, and shows it once it is stored', async () => {
  const session = await guest();
  session.send(session.active, 'hello');
  assert.equal(session.active.pending.length, 1);
  await settled();
  assert.deepEqual([session.active.pending.length, session.active.entries[0].id], [0, 7]);
});

test('opens channels, and refuses what is none', async () => {
  const session = await guest();
  await session.open('boats');
  assert.equal(session.active.id, 'boats');
  await session.open('lakes', () => false);
  assert.deepEqual([session.active.id, [...session.conversations.keys()]], ['boats', ['fishing', 'boats', 'lakes']]);
  await assert.rejects(session.open('a b'), /letters, digits/);
  await session.leave(session.active);
  assert.deepEqual([session.active.id, session.conversations.has('boats')], ['fishing', false]);
});

test('adds private chats of others without showing them, and keeps those that have ended', async () => {
  const session = await guest();
  weir.emit('private', { channel: '@x', users: ['ann', 'bob'] });
  const chat = session.conversations.get('@x');
  assert.deepEqual([session.active.id, chat.isInvitation, chat.pair], ['fishing', true, ['ann', 'bob']]);
  weir.emit('leave', { channel: '@x' });
  assert.deepEqual([chat.hasEnded, session.conversations.has('@x')], [true, true]);
  assert.deepEqual(identity.open.map(({ id }) => id), ['fishing']);
  weir.emit('private', { channel: '@x', users: ['ann', 'bob'] });
  assert.equal(session.conversations.get('@x').hasEnded, false);
});

test('shows why the user is no longer in a channel, once', async () => {
  const session = await guest();
  await session.join('boats');
  weir.emit('kick', { user: 'ann', by: 'root', channel: 'boats', reason: 'be nice' });
  weir.emit('leave', { channel: 'boats' });
  assert.deepEqual([page.notices, page.ends], [['root kicked you from boats: be nice'], []]);
  await session.join('boats');
  weir.emit('leave', { channel: 'boats' });
  assert.equal(page.notices.length, 1);
});

test('ends with the reason for a kick from the own channel, also if the close is lost', async () => {
  for (const [state, code] of [['closed', 4503], ['waiting', 1006]]) {
    page.ends = [];
    await guest();
    weir.emit('kick', { user: 'ann', by: 'root', channel: 'fishing' });
    weir.emit('state', { state, code });
    assert.deepEqual(page.ends, [{ text: 'root kicked you from fishing' }]);
    weir = new Client();
  }
});

test('does not end by a kick of another user, or by a lost connection', async () => {
  const session = await guest();
  weir.emit('kick', { user: 'bob', by: 'root', channel: 'fishing' });
  weir.emit('state', { state: 'waiting', code: 1006 });
  assert.deepEqual([page.ends, session.isConfirmed], [[], false]);
});

test('ends by the close code, whatever its text', async () => {
  await guest();
  weir.emit('state', { state: 'closed', code: 4501, reason: 'other words' });
  weir = new Client();
  await account();
  weir.emit('state', { state: 'closed', code: 1008, reason: 'other words' });
  weir = new Client();
  await guest();
  weir.emit('state', { state: 'closed', code: 1008, reason: 'no such channel' });
  assert.deepEqual(page.ends, [
    { text: 'You continued under this name in another window.' },
    { text: 'Your login has ended. Log in again.', isLoginOver: true },
    { text: 'No such channel.' },
  ]);
});

test('does not end before the user has entered', () => {
  const session = create();
  weir.emit('error', { code: 403, message: 'banned', reason: 'banned' });
  weir.emit('state', { state: 'closed', code: 1008 });
  assert.deepEqual([page.ends, session.refusal.reason], [[], 'banned']);
});

test('ends as expected when the account is deleted', async () => {
  const session = await account();
  api.deleteAccount = async () => weir.emit('state', { state: 'closed', code: 1008 });
  await session.deleteAccount();
  assert.equal(page.ends[0].text, 'Your account is deleted.');
  api.deleteAccount = async () => { throw new Error('no'); };
  await assert.rejects(session.deleteAccount());
  assert.equal(session.expectedEnd, null);
});

test('applies moderation to the conversations that it is about', async () => {
  const session = await guest();
  await session.join('boats');
  const [fishing, boats] = session.conversations.values();
  weir.emit('mute', { user: 'ann', by: 'mia', channel: 'boats', duration: 600 });
  assert.deepEqual([fishing.isMuted, boats.isMuted, fishing.entries.length], [false, true, 0]);
  weir.emit('unmute', { user: 'ann', by: 'mia', channel: 'boats' });
  assert.equal(boats.isMuted, false);
  weir.emit('role', { user: 'ann', by: 'root', channel: 'fishing', role: 'moderator' });
  assert.deepEqual([session.moderates(fishing), session.moderates(boats)], [true, false]);
  weir.emit('ban', { user: 'bob', by: 'root', channel: '*' });
  assert.deepEqual([fishing, boats].map(({ entries }) => entries.at(-1).text), Array(2).fill('root banned bob everywhere'));
});

test('ignores replies to its own moderation', async () => {
  const session = await guest();
  weir.emit('mute', { user: 'bob', channel: 'fishing', ref: '1' });
  assert.deepEqual(session.active.entries, []);
});

test('blocks a user here and on the server, and again on the next connection', async () => {
  const session = await guest();
  weir.emit('message', message(1));
  await session.block('bob', true);
  assert.deepEqual([identity.blocked, session.active.entries, page.notices], [['bob'], [], ['You blocked bob.']]);
  weir.requests = [];
  weir.emit('identified', { user: 'ann' });
  assert.ok(weir.requests.some(([type, user]) => type === 'block' && user === 'bob'));
  await session.block('bob', false);
  assert.deepEqual([identity.blocked, session.active.generation], [[], 1]);
});

test('follows notifications and users', async () => {
  const session = await guest();
  weir.emit('users', { channel: 'fishing', users: ['ann', 'bob'], count: 2 });
  weir.emit('typing', { channel: 'fishing', user: 'bob' });
  weir.emit('notification', { channel: 'fishing', event: 'renamed', from: 'bob', user: 'bert', text: 'other words' });
  const { users, typists, entries } = session.active;
  assert.deepEqual([users, typists, entries[0].text], [['ann', 'bob'], [], 'bob is now bert']);
});

test('loads the messages again after a gap', async () => {
  const session = await guest();
  weir.emit('message', message(1));
  weir.emit('gap', { channel: 'fishing', after: 1 });
  assert.deepEqual([session.active.entries, session.active.isLoading], [[], true]);
});

test('tells the page that the name is lost', async () => {
  const session = await guest();
  const error = { reason: 'taken' };
  weir.emit('lost', { error });
  assert.deepEqual([page.lost, session.isConfirmed], [[error], false]);
});

test('is changed by itself only', () => {
  const session = create();
  for (const name of ['me', 'isAdmin', 'isConfirmed', 'active', 'removal', 'refusal', 'names', 'conversations', 'hasEntered']) {
    assert.throws(() => { session[name] = 1; }, TypeError, name);
  }
});
