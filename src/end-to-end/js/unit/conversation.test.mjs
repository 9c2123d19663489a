/** What is known of a conversation. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageModule } from './modules.mjs';

const { Conversation } = await pageModule('conversation.js');

const message = (id, text = `${id}`, user = 'bob') => ({ id, user, text, timestamp: 1 });
const shown = ({ entries }) => entries.map(({ kind, id, text }) => (kind === 'notice' ? text : id));
const noNames = { isOwn: () => false };

function load(conversation, ids, next) {
  const request = conversation.startLoading();
  conversation.addPage(request, { messages: ids.map((id) => message(id)), next }, noNames);
  conversation.endLoading(request);
}

test('shows messages in the order of their ids, each once', () => {
  const conversation = new Conversation('fishing');
  assert.deepEqual([5, 7, 6, 7].map((id) => conversation.receive(message(id), false)), [true, true, true, false]);
  load(conversation, [3, 4, 5], 3);
  assert.deepEqual([shown(conversation), conversation.older, conversation.newest], [[3, 4, 5, 6, 7], 3, 7]);
});

test('shows a message once that was sent here, whatever tells first that it is stored', () => {
  for (const first of ['message', 'acknowledgement']) {
    const conversation = new Conversation('fishing');
    const entry = conversation.addPending('hello', 'ann');
    assert.deepEqual([entry.state, conversation.entries.length, conversation.pending.length], ['sending', 0, 1]);
    const steps = [
      () => assert.equal(conversation.receive(message(5, 'hello', 'ann'), true), false),
      () => conversation.confirm(entry, { id: 5, timestamp: 1 }),
    ];
    (first === 'message' ? steps : steps.reverse()).forEach((step) => step());
    assert.deepEqual([shown(conversation), conversation.pending, entry.state, entry.id], [[5], [], 'sent', 5], first);
  }
});

test('owns a stored message that turns out to be its own', () => {
  const conversation = new Conversation('fishing');
  const entry = conversation.addPending('hello', 'ann');
  conversation.receive(message(5, 'other text', 'ann'), false);
  conversation.confirm(entry, { id: 5, timestamp: 1 });
  assert.deepEqual([conversation.entries[0].isOwn, conversation.pending], [true, []]);
});

test('keeps a message that was refused, until it is discarded', () => {
  const conversation = new Conversation('fishing');
  const entry = conversation.addPending('hello', 'ann');
  conversation.fail(entry, { reason: 'too_long', message: 'text is too long' });
  assert.deepEqual([entry.state, entry.failure, entry.isUnknown], ['failed', 'Text is too long.', false]);
  conversation.receive(message(5, 'hello', 'ann'), true);
  assert.equal(conversation.pending.length, 1);
  conversation.discard(entry);
  assert.deepEqual(conversation.pending, []);
});

test('tells a message that may have been sent from one that was refused', () => {
  const conversation = new Conversation('fishing');
  const entry = conversation.addPending('hello', 'ann');
  conversation.fail(entry, { reason: 'unknown', message: 'it is unknown' });
  assert.equal(entry.isUnknown, true);
});

test('is muted by a refusal', () => {
  const conversation = new Conversation('fishing');
  conversation.fail(conversation.addPending('hello', 'ann'), { reason: 'muted', message: 'you are muted', retryAfter: 60 });
  assert.equal(conversation.isMuted, true);
  assert.match(conversation.muteText, /^You are muted \(until .+\)$/);
  conversation.unmute();
  assert.equal(conversation.isMuted, false);
  conversation.fail(conversation.addPending('hello', 'ann'), { reason: 'too_long', message: 'muted', retryAfter: 60 });
  assert.equal(conversation.isMuted, false);
});

test('is muted for a time, or for good', () => {
  const conversation = new Conversation('fishing');
  conversation.mute(60, 'mia muted you');
  assert.match(conversation.muteText, /^mia muted you \(until .+\)$/);
  conversation.mute(undefined, 'mia muted you');
  assert.deepEqual([conversation.muteText, conversation.isMuted], ['mia muted you', true]);
});

test('adds notices behind the newest message, and before the next', () => {
  const conversation = new Conversation('fishing');
  conversation.receive(message(5), false);
  conversation.addNotice('bob joined');
  conversation.addNotice('bob left');
  conversation.receive(message(6), false);
  assert.deepEqual(shown(conversation), [5, 'bob joined', 'bob left', 6]);
});

test('puts notices of the time before the first page behind it, and live messages where they belong', () => {
  const conversation = new Conversation('fishing');
  conversation.addNotice('ann joined');
  conversation.receive(message(3), false);
  conversation.addNotice('bob joined');
  load(conversation, [2, 3, 4], 2);
  assert.deepEqual(shown(conversation), [2, 3, 4, 'ann joined', 'bob joined']);
});

test('keeps at most 200 notices', () => {
  const conversation = new Conversation('fishing');
  conversation.receive(message(1), false);
  for (let i = 1; i <= 201; i++) conversation.addNotice(`notice ${i}`);
  assert.deepEqual([conversation.entries.length, shown(conversation)[1]], [201, 'notice 2']);
});

test('drops the older half of very many messages, to be loaded again', () => {
  const conversation = new Conversation('fishing');
  load(conversation, [1], undefined);
  assert.equal(conversation.older, null);
  for (let id = 2; id <= 601; id++) conversation.receive(message(id), false);
  assert.deepEqual([conversation.entries.length, conversation.ids.length, conversation.older], [300, 300, 302]);
  load(conversation, [300, 301], 300);
  assert.deepEqual(shown(conversation).slice(0, 3), [300, 301, 302]);
});

test('removes what was deleted, and the messages of a user who is blocked', () => {
  const conversation = new Conversation('fishing');
  conversation.receive(message(1), false);
  conversation.receive(message(2, '2', 'ann'), false);
  conversation.receive(message(3), false);
  conversation.receive(message(4), true);
  conversation.addNotice('bob left');
  conversation.remove(1);
  conversation.remove(99);
  assert.deepEqual(shown(conversation), [2, 3, 4, 'bob left']);
  conversation.removeMessagesOf('bob');
  assert.deepEqual([shown(conversation), conversation.ids], [[2, 4, 'bob left'], [2, 4]]);
});

test('knows who is typing', () => {
  const conversation = new Conversation('fishing');
  ['ann', 'bob', 'cy', 'dan'].forEach((user) => conversation.startTyping(user));
  conversation.stopTyping('ann');
  conversation.rename('bob', 'bert');
  conversation.receive(message(1, 'hello', 'cy'), false);
  assert.deepEqual(conversation.typists, ['dan']);
  conversation.stopAllTyping();
  assert.deepEqual(conversation.typists, []);
});

test('knows users and moderators', () => {
  const conversation = new Conversation('fishing');
  conversation.setUsers(['ann', 'bob'], 2);
  assert.deepEqual([conversation.users, conversation.userCount], [['ann', 'bob'], 2]);
  conversation.setUsers(undefined, 500);
  assert.deepEqual([conversation.users, conversation.userCount], [null, 500]);
  conversation.setModerators(['mia']);
  conversation.setModerator('ann', true);
  conversation.setModerator('ann', true);
  conversation.setModerator('mia', false);
  assert.deepEqual(conversation.moderators, ['ann']);
});

test('has the title of a channel, or of the other user', () => {
  assert.equal(new Conversation('fishing').title('ann'), 'fishing');
  const chat = new Conversation('@x', ['ann', 'bob']);
  assert.deepEqual([chat.title('ann'), chat.title('bob'), new Conversation('@y').title('ann')], ['bob', 'ann', 'Private chat']);
  chat.rename('bob', 'bert');
  assert.equal(chat.title('ann'), 'bert');
});

test('is changed by itself only', () => {
  const conversation = new Conversation('fishing');
  for (const name of ['unread', 'older', 'hasEnded', 'draft', 'users', 'moderators', 'generation', 'entries', 'pending', 'isMuted']) {
    assert.throws(() => { conversation[name] = 1; }, TypeError, name);
  }
  const before = [conversation.ids, conversation.typists];
  conversation.ids.push(1);
  conversation.typists.push('bob');
  assert.deepEqual([conversation.ids, conversation.typists], before);
});
