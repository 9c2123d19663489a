/** Requests and their answers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weirModule } from './modules.mjs';

const { Requests } = await weirModule('requests.js');
const { WeirError } = await weirModule('error.js');

test('answers a request by its ref, once', async () => {
  const requests = new Requests();
  const [first, second] = [requests.add('request'), requests.add('request')];
  requests.settle({ type: 'pong', ref: second.ref, count: 2 });
  requests.settle({ type: 'pong', ref: first.ref, count: 1 });
  requests.settle({ type: 'error', ref: first.ref, code: 400, message: 'too late' });
  assert.deepEqual([(await first.answer).count, (await second.answer).count], [1, 2]);
  assert.equal(requests.get(first.ref), undefined);
});

test('gives every request of every client a ref of its own, at most 64 characters long', () => {
  const clients = Array.from({ length: 100 }, () => new Requests());
  const refs = clients.flatMap((requests) => [requests.add('request').ref, requests.add('request').ref]);
  assert.equal(new Set(refs).size, 200);
  assert.ok(refs.every((ref) => ref.length <= 64));
});

test('ignores answers to nothing', () => {
  const requests = new Requests();
  const { ref } = requests.add('request');
  for (const other of [undefined, null, 5, 'nothing', '__proto__']) requests.settle({ type: 'pong', ref: other });
  assert.ok(requests.get(ref));
});

test('rejects by an error envelope, with its code and reason', async () => {
  const requests = new Requests();
  const { ref, answer } = requests.add('request');
  requests.settle({ type: 'error', ref, code: 429, reason: 'rate_limited', message: 'other words', retryAfter: 3 });
  await assert.rejects(answer, (error) => {
    assert.ok(error instanceof WeirError);
    const { code, reason, retryAfter, type, message } = error;
    assert.deepEqual([code, reason, retryAfter, type, message], [429, 'rate_limited', 3, 'error', 'other words']);
    return true;
  });
});

test('rejects by a refused name, with the code for its reason', async () => {
  for (const [reason, code] of [['taken', 409], ['registered', 409], ['invalid', 400], ['banned', 403], ['new_one', 400]]) {
    const requests = new Requests();
    const { ref, answer } = requests.add('request');
    requests.settle({ type: 'identity', ref, success: 'false', reason });
    await assert.rejects(answer, { code, reason, type: 'identity' });
  }
});

test('rejects what is not answered in time', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const requests = new Requests();
  const [late, early] = [requests.add('request'), requests.add('request')];
  requests.expire(late, 1_000, 'users');
  requests.expire(early, 1_000, 'users');
  context.mock.timers.tick(999);
  requests.settle({ type: 'users', ref: early.ref });
  assert.ok(requests.get(late.ref));
  context.mock.timers.tick(1);
  await assert.rejects(late.answer, { code: 408, message: 'no answer to users' });
  await early.answer;
});

test('rejects those that are meant, and keeps the others', async () => {
  const requests = new Requests();
  const [request, message] = [requests.add('request'), requests.add('message', { text: 'hello' })];
  requests.rejectIf(({ kind }) => kind === 'request', new WeirError('lost', 1006));
  await assert.rejects(request.answer, { code: 1006 });
  assert.deepEqual(requests.ofKind('message'), [message]);
});
