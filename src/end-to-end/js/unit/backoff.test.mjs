/** When and whether the client reconnects. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weirModule } from './modules.mjs';

const { Backoff, isFinalClose } = await weirModule('backoff.js');
const delays = (backoff, count) => Array.from({ length: count }, () => backoff.next());

test('doubles the delay up to the longest', () => {
  const backoff = new Backoff({ firstDelay: 2, longestDelay: 20, random: () => 1 });
  assert.deepEqual(delays(backoff, 6), [2, 4, 8, 16, 20, 20]);
});

test('is random in the upper half of the delay', () => {
  assert.deepEqual(delays(new Backoff({ firstDelay: 4, longestDelay: 16, random: () => 0 }), 4), [2, 4, 8, 8]);
  assert.deepEqual(delays(new Backoff({ firstDelay: 4, longestDelay: 16, random: () => 0.5 }), 2), [3, 6]);
});

test('starts again after a reset', () => {
  const backoff = new Backoff({ firstDelay: 2, longestDelay: 20, random: () => 1 });
  delays(backoff, 3);
  backoff.reset();
  assert.deepEqual(delays(backoff, 2), [2, 4]);
});

test('tells final close codes from temporary ones', () => {
  const codes = [1000, 1001, 1002, 1003, 1006, 1007, 1008, 1009, 1011, 1013, 4000, 4499, 4500, 4501, 4999, 5000];
  assert.deepEqual(codes.filter(isFinalClose), [1002, 1003, 1007, 1008, 4500, 4501, 4999]);
});
