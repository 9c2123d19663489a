/** What was missed in a channel over a lost connection. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weirModule } from './modules.mjs';

const { JoinedChannel, fetchMissed, retry } = await weirModule('recovery.js');
const { WeirError } = await weirModule('error.js');

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** The history of a server that has messages of these ids, and what it was asked. */
function historyOf(ids) {
  const asked = [];
  const history = async (fields) => {
    asked.push(fields);
    const { after = -1, limit } = fields;
    const all = ids.filter((id) => id > after);
    const page = after < 0 ? all.slice(-limit) : all.slice(0, limit);
    const isEnd = after < 0 || page.length === all.length;
    return { messages: page.map((id) => ({ id })), ...(!isEnd && { next: page.at(-1) }) };
  };
  return { history, asked };
}

function channelSince(since) {
  const channel = new JoinedChannel('fishing');
  channel.since = since;
  return channel;
}

async function missedOf(channel, history) {
  const missed = [];
  const isComplete = await fetchMissed(channel, history, missed);
  return { isComplete, ids: missed.map(({ id }) => id) };
}

for (const [what, since, there, expected, isComplete] of [
  ['nothing', 5, numbers(1, 5), [], true],
  ['some', 5, numbers(1, 9), numbers(6, 9), true],
  ['more than a page', 5, numbers(1, 250), numbers(6, 250), true],
  ['too much', 5, numbers(1, 400), numbers(6, 304), false],
  ['all of an empty channel', 0, numbers(1, 3), numbers(1, 3), true],
  ['what the server has forgotten', 5, numbers(7, 9), [], false],
]) {
  test(`fetches what was missed: ${what}`, async () => {
    const { history } = historyOf(there);
    assert.deepEqual(await missedOf(channelSince(since), history), { isComplete, ids: expected });
  });
}

test('fetches however much has added up over several losses', async () => {
  const channel = channelSince(5);
  channel.isBehind = true;
  const { ids, isComplete } = await missedOf(channel, historyOf(numbers(1, 900)).history);
  assert.deepEqual([ids, isComplete], [numbers(6, 900), true]);
});

test('keeps the pages that came before an error', async () => {
  const { history } = historyOf(numbers(1, 250));
  const missed = [];
  let asked = 0;
  const failing = async (fields) => {
    asked += 1;
    if (asked === 3) throw new WeirError('lost', 1006);
    return history(fields);
  };
  await assert.rejects(fetchMissed(channelSince(0), failing, missed), { code: 1006 });
  assert.equal(missed.length, 200);
});

test('learns the newest id where it knows none', async () => {
  const { history, asked } = historyOf([3, 8]);
  const channel = channelSince(undefined);
  assert.deepEqual(await missedOf(channel, history), { isComplete: true, ids: [] });
  assert.deepEqual([channel.since, asked], [8, [{ limit: 1, channel: 'fishing' }]]);
  const empty = channelSince(undefined);
  await missedOf(empty, historyOf([]).history);
  assert.equal(empty.since, 0);
});

test('delivers each message once', () => {
  const channel = new JoinedChannel('fishing');
  assert.deepEqual([5, 7, 7, 6, undefined, 8].map((id) => channel.advance(id)), [true, true, false, false, false, true]);
  assert.deepEqual([channel.lastId, channel.since], [8, 8]);
});

test('does not go back behind an id that it has learnt', () => {
  const channel = channelSince(9);
  channel.advance(5);
  assert.deepEqual([channel.lastId, channel.since], [5, 9]);
});

test('is behind if the connection is lost before it has caught up', () => {
  const channel = new JoinedChannel('fishing');
  channel.joined(false);
  channel.connectionLost(true);
  assert.deepEqual([channel.isJoined, channel.isBehind], [false, false]);
  channel.connectionLost(false); // could not even connect
  assert.equal(channel.isBehind, false);
  channel.joined(true);
  channel.held.push({ type: 'message', id: 1 });
  channel.connectionLost(true);
  assert.deepEqual([channel.held, channel.isBehind], [null, true]);
  channel.joined(true);
  assert.deepEqual(channel.caughtUp(), []);
  assert.deepEqual([channel.held, channel.isBehind], [null, false]);
});

test('repeats after a temporary failure', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  for (const code of [408, 429, 503]) {
    let asked = 0;
    const retried = retry(async () => {
      asked += 1;
      if (asked < 3) throw new WeirError('not now', code, { retryAfter: 2 });
    }, () => true);
    for (let i = 1; i <= 2; i++) {
      await new Promise((resolve) => setImmediate(resolve));
      context.mock.timers.tick(1_999);
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(asked, i);
      context.mock.timers.tick(1);
    }
    assert.equal(await retried, undefined);
    assert.equal(asked, 3);
  }
});

test('does not repeat what fails for good', async () => {
  const refusal = new WeirError('no', 403);
  let asked = 0;
  assert.equal(await retry(async () => { asked += 1; throw refusal; }, () => true), refusal);
  assert.equal(asked, 1);
});

test('neither repeats nor reports what is no longer wanted', async () => {
  let isWanted = true;
  const error = await retry(async () => { isWanted = false; throw new WeirError('lost', 1006); }, () => isWanted);
  assert.equal(error, undefined);
  await retry(() => assert.fail('it is not wanted'), () => false);
});

test('remembers the last message or change', () => {
  const channel = new JoinedChannel('fishing');
  channel.changed(3);
  assert.equal(channel.position, undefined, 'nothing can be replayed before the history is known');
  channel.advance(5);
  assert.equal(channel.position, 5);
  channel.changed(9);
  channel.changed(8);
  assert.deepEqual([channel.position, channel.since], [9, 5]);
  channel.advance(11);
  assert.equal(channel.position, 11);
});
