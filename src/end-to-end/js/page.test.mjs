/** What the page knows by itself, without a browser: what it does with errors, and with what was deleted meanwhile. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const scratch = mkdtempSync(join(tmpdir(), 'weir-page-'));
const source = fileURLToPath(new URL('../../main/resources/chat/weir/http/client/web', import.meta.url));
cpSync(source, scratch, { recursive: true });
writeFileSync(join(scratch, 'package.json'), '{"type":"module"}');
after(() => rmSync(scratch, { recursive: true, force: true }));

const module = (name) => import(pathToFileURL(join(scratch, name)));
const { Conversation } = await module('conversation.js');
const { reconcile } = await module('loading.js');
const { faultOf, fromHash, tidy } = await module('channels.js');
const { plain } = await module('words.js');

const message = (id) => ({ id, user: 'bob', text: `${id}`, timestamp: 1 });
const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** A session whose server has messages of these ids, and which of them the page has shown before. */
function session(there, meanwhile = () => {}) {
  let asked = 0;
  const history = async ({ limit, before = Infinity }) => {
    if (asked++ === 0) meanwhile();
    const all = there.filter((id) => id < before);
    const messages = all.slice(-limit).map(message);
    return { messages, ...(all.length > limit && { next: messages[0].id }) };
  };
  return { weir: { state: 'open', history }, names: { own: () => false }, page: { changed() {}, said() {} }, asked: () => asked };
}

function showing(ids) {
  const conversation = new Conversation('fishing');
  conversation.addHistory(ids.map(message), ids[0], { own: () => false });
  return conversation;
}

const shown = ({ entries }) => entries.map(({ id }) => id);

for (const [what, before, there, expected] of [
  ['the newest', numbers(11, 20), numbers(1, 19), numbers(11, 19)],
  ['the oldest', numbers(11, 20), [...numbers(1, 10), ...numbers(12, 20)], numbers(12, 20)],
  ['one between', numbers(11, 20), numbers(1, 20).filter((id) => id !== 15), [11, 12, 13, 14, 16, 17, 18, 19, 20]],
  ['all that was shown', numbers(11, 20), numbers(1, 10), []],
  ['all that there was', numbers(11, 20), [], []],
  ['the oldest, beyond the newest page', numbers(1, 250), numbers(2, 250), numbers(2, 250)],
  ['all but the oldest, beyond the newest page', numbers(1, 250), [1], [1]],
  ['nothing', numbers(11, 20), numbers(1, 400), numbers(11, 20)],
]) {
  test(`shows no longer what was deleted while it was away: ${what}`, async () => {
    const conversation = showing(before);
    await reconcile(session(there), conversation);
    assert.deepEqual(shown(conversation), expected);
  });
}

test('keeps what comes in while it asks', async () => {
  const conversation = showing(numbers(1, 5));
  await reconcile(session(numbers(1, 4), () => conversation.receive(message(6), false)), conversation);
  assert.deepEqual(shown(conversation), [1, 2, 3, 4, 6]);
});

test('asks for no more than it shows', async () => {
  const there = session(numbers(1, 5_000));
  await reconcile(there, showing(numbers(4_991, 5_000)));
  assert.equal(there.asked(), 1);
});

/** As weir.js rejects what the server refuses. */
const refusal = (reason, code) => Object.assign(new Error(reason), { reason, code, retryAfter: 0.001 });

for (const [reason, code] of [['not_member', 403], ['rate_limited', 429], ['unavailable', 503], [undefined, 408]]) {
  test(`asks again for what was deleted while it was away: ${reason ?? 'no answer'}`, async () => {
    const conversation = showing(numbers(11, 20));
    const there = session(numbers(1, 19));
    const { history } = there.weir;
    let refused = 0;
    there.weir.history = async (fields) => {
      if (refused++ < 2) throw refusal(reason, code);
      return history(fields);
    };
    await reconcile(there, conversation);
    assert.deepEqual(shown(conversation), numbers(11, 19));
  });
}

test('asks no more for what was deleted once the connection is lost, or it is asked anew, or refused for good', async () => {
  for (const error of [refusal(undefined, 1006), refusal('private', 403)]) {
    const there = session([]);
    let asked = 0;
    there.weir.history = async () => { asked++; throw error; };
    await assert.rejects(reconcile(there, showing([1])), error);
    assert.equal(asked, 1);
  }
  const conversation = showing([1, 2]);
  const busy = session([1]);
  busy.weir.history = async () => { throw refusal('rate_limited', 429); };
  const first = reconcile(busy, conversation);
  await reconcile(session([1]), conversation);
  await assert.rejects(first);
  assert.deepEqual(shown(conversation), [1]);
});

test('shows what is there where it had heard only live messages', async () => {
  const conversation = new Conversation('fishing');
  conversation.receive(message(3), false);
  await reconcile(session([1, 2]), conversation);
  assert.deepEqual(shown(conversation), [1, 2]);
});

test('says what went wrong by the reason, whatever the server\'s text', () => {
  for (const text of ['other words', 'you are banned', 'name is', '']) {
    assert.match(plain({ reason: 'name_taken', code: 409, message: text }), /has this name/);
    assert.match(plain({ reason: 'wrong_credentials', code: 401, message: text }), /do not belong together/);
    assert.match(plain({ reason: 'rate_limited', code: 429, message: text, retryAfter: 2.5 }), /wait 3 seconds/);
    assert.match(plain({ reason: 'unavailable', code: 503, message: text }), /Try again/);
    assert.match(plain({ reason: 'muted', code: 403, message: text, retryAfter: 60 }), /\(until .+\)\.$/);
    assert.match(plain({ reason: 'taken', type: 'identity', message: text }), /has this name/);
  }
  assert.equal(plain({ reason: 'too_many_channels', code: 429, message: 'leave one first' }), 'Leave one first.');
});

test('takes channels of every script, in one spelling', () => {
  for (const id of ['हिन्दी', 'தமிழ்', 'বাংলা', 'บ้าน', 'cafe\u0301', 'lakes/north']) assert.equal(faultOf(tidy(id)), '', id);
  for (const id of ['\u0301a', 'a b', '1\u20e3', 'a//b', '\u3164', 'a\u115f', 'a\ufe0f']) assert.notEqual(faultOf(tidy(id)), '', id);
  assert.equal(tidy('cafe\u0301'), 'caf\u00e9');
  assert.equal(fromHash('#cafe%CC%81'), 'caf\u00e9');
});
