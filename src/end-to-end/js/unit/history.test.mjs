/** Loading the messages of a conversation: older pages, and what was deleted during a lost connection. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageModule } from './modules.mjs';

const { Conversation } = await pageModule('conversation.js');
const { loadOlder, reconcile } = await pageModule('history.js');

const message = (id) => ({ id, user: 'bob', text: `${id}`, timestamp: 1 });
const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const names = { isOwn: () => false };

/** A session with a server that has messages with these ids. */
function session(existing, meanwhile = () => {}) {
  let asked = 0;
  const notices = [];
  const history = async ({ limit, before = Infinity }) => {
    if (asked++ === 0) meanwhile();
    const all = existing.filter((id) => id < before);
    const messages = all.slice(-limit).map(message);
    return { messages, ...(all.length > limit && { next: messages[0].id }) };
  };
  const page = { changed() {}, notify: (text) => notices.push(text) };
  return { weir: { state: 'open', history }, names, page, notices, asked: () => asked };
}

function showing(ids) {
  const conversation = new Conversation('fishing');
  const request = conversation.startLoading();
  conversation.addPage(request, { messages: ids.map(message), next: ids[0] }, names);
  conversation.endLoading(request);
  return conversation;
}

const shown = ({ entries }) => entries.map(({ id }) => id);

test('loads ten older messages at a time, until there are none', async () => {
  const conversation = new Conversation('fishing');
  const server = session(numbers(1, 25));
  for (const first of [16, 6, 1]) {
    await loadOlder(server, conversation);
    assert.deepEqual(shown(conversation), numbers(first, 25));
  }
  assert.equal(conversation.older, null);
  await loadOlder(server, conversation);
  assert.equal(server.asked(), 3);
});

test('asks for a page once, and not without a connection', async () => {
  const conversation = new Conversation('fishing');
  const server = session(numbers(1, 25));
  await Promise.all([loadOlder(server, conversation), loadOlder(server, conversation)]);
  assert.equal(server.asked(), 1);
  server.weir.state = 'waiting';
  await loadOlder(server, conversation);
  assert.equal(server.asked(), 1);
});

test('ignores a page that was asked for before the messages were cleared', async () => {
  const conversation = new Conversation('fishing');
  await loadOlder(session(numbers(1, 5), () => conversation.clear()), conversation);
  assert.deepEqual([shown(conversation), conversation.isLoading, conversation.older], [[], false, undefined]);
});

test('shows why a page cannot be loaded, and may ask again later', async () => {
  const conversation = new Conversation('fishing');
  const server = session([]);
  server.weir.history = async () => { throw refusal('rate_limited', 429); };
  await loadOlder(server, conversation);
  assert.match(server.notices[0], /Too many requests/);
  assert.equal(conversation.isLoading, false);
});

for (const [what, before, existing, expected] of [
  ['the newest', numbers(11, 20), numbers(1, 19), numbers(11, 19)],
  ['the oldest', numbers(11, 20), [...numbers(1, 10), ...numbers(12, 20)], numbers(12, 20)],
  ['one between', numbers(11, 20), numbers(1, 20).filter((id) => id !== 15), [11, 12, 13, 14, 16, 17, 18, 19, 20]],
  ['all that were shown', numbers(11, 20), numbers(1, 10), []],
  ['all', numbers(11, 20), [], []],
  ['the oldest, beyond the newest page', numbers(1, 250), numbers(2, 250), numbers(2, 250)],
  ['all but the oldest, beyond the newest page', numbers(1, 250), [1], [1]],
  ['none', numbers(11, 20), numbers(1, 400), numbers(11, 20)],
]) {
  test(`removes what was deleted during a lost connection: ${what}`, async () => {
    const conversation = showing(before);
    await reconcile(session(existing), conversation);
    assert.deepEqual(shown(conversation), expected);
  });
}

test('updates what was edited during a lost connection', async () => {
  const conversation = showing(numbers(1, 3));
  const server = session(numbers(1, 3));
  const { history } = server.weir;
  server.weir.history = async (fields) => {
    const { messages } = await history(fields);
    return { messages: messages.map((one) => (one.id === 2 ? { ...one, text: 'new' } : one)) };
  };
  await reconcile(server, conversation);
  assert.deepEqual(conversation.entries.map(({ text }) => text), ['1', 'new', '3']);
});

test('keeps a message that arrives meanwhile', async () => {
  const conversation = showing(numbers(1, 5));
  await reconcile(session(numbers(1, 4), () => conversation.receive(message(6), false)), conversation);
  assert.deepEqual(shown(conversation), [1, 2, 3, 4, 6]);
});

test('compares no more than is shown', async () => {
  const server = session(numbers(1, 5_000));
  await reconcile(server, showing(numbers(4_991, 5_000)));
  assert.equal(server.asked(), 1);
});

/** As weir.js rejects a refused request. */
const refusal = (reason, code) => Object.assign(new Error(reason), { reason, code, retryAfter: 0.001 });

for (const [reason, code] of [['not_member', 403], ['rate_limited', 429], ['unavailable', 503], [undefined, 408]]) {
  test(`repeats the comparison after a temporary failure: ${reason ?? 'no answer'}`, async () => {
    const conversation = showing(numbers(11, 20));
    const server = session(numbers(1, 19));
    const { history } = server.weir;
    let refused = 0;
    server.weir.history = async (fields) => {
      if (refused++ < 2) throw refusal(reason, code);
      return history(fields);
    };
    await reconcile(server, conversation);
    assert.deepEqual(shown(conversation), numbers(11, 19));
  });
}

test('does not repeat the comparison when it fails for good, or has been replaced', async () => {
  for (const error of [refusal(undefined, 1006), refusal('private', 403)]) {
    const server = session([]);
    let asked = 0;
    server.weir.history = async () => { asked++; throw error; };
    await assert.rejects(reconcile(server, showing([1])), error);
    assert.equal(asked, 1);
  }
  const conversation = showing([1, 2]);
  const busy = session([1]);
  let asked = 0;
  busy.weir.history = async () => { asked++; throw refusal('rate_limited', 429); };
  const first = reconcile(busy, conversation);
  await reconcile(session([1]), conversation);
  await assert.rejects(first);
  assert.deepEqual([shown(conversation), asked], [[1], 1]);
});

test('loads the first page of a conversation with live messages only', async () => {
  const conversation = new Conversation('fishing');
  conversation.receive(message(3), false);
  await reconcile(session([1, 2]), conversation);
  assert.deepEqual(shown(conversation), [1, 2]);
});
