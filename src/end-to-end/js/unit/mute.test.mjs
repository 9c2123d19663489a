/** Until when the user is muted. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { pageModule } from './modules.mjs';

const { Mute } = await pageModule('mute.js');
let now;

beforeEach(({ mock }) => {
  now = 1_000_000;
  mock.method(Date, 'now', () => now);
});

test('lasts as long as it was said to', () => {
  const mute = new Mute();
  assert.equal(mute.isActive, false);
  mute.start(60, 'muted');
  now += 59_999;
  assert.deepEqual([mute.isActive, mute.text, mute.end], [true, 'muted', 1_060_000]);
  now += 1;
  assert.equal(mute.isActive, false);
});

test('lasts for good without a duration, until it is lifted', () => {
  const mute = new Mute();
  mute.start(undefined, 'muted');
  now += 1e12;
  assert.equal(mute.isActive, true);
  mute.stop();
  assert.equal(mute.isActive, false);
});

test('starts by a refused message, unless it is known', () => {
  const mute = new Mute();
  mute.refused(60, 'by the server');
  assert.deepEqual([mute.isActive, mute.text], [true, 'by the server']);
  mute.start(60, 'by mia: no advertising');
  now += 2_000;
  mute.refused(57, 'by the server');
  assert.equal(mute.text, 'by mia: no advertising');
  mute.refused(600, 'longer by now');
  assert.equal(mute.text, 'longer by now');
});
