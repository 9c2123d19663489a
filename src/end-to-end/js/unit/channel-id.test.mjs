/** The ids of channels. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageModule } from './modules.mjs';

const { channelIdError, channelIdFromHash, encodeChannelId, isPrivateChat, normalizeChannelId } =
  await pageModule('channel-id.js');

test('takes ids of every script', () => {
  for (const id of ['हिन्दी', 'தமிழ்', 'বাংলা', 'บ้าน', 'cafe\u0301', 'lakes/north']) {
    assert.equal(channelIdError(normalizeChannelId(id)), '', id);
  }
});

test('refuses what the server refuses', () => {
  const refused = ['', '\u0301a', 'a b', '1\u20e3', 'a//b', 'a/../b', '.', '\u3164', 'a\u115f', 'a\ufe0f', 'x'.repeat(129), 'ä'.repeat(65)];
  for (const id of refused) assert.notEqual(channelIdError(normalizeChannelId(id)), '', id);
  assert.equal(channelIdError('x'.repeat(128)), '');
});

test('has one spelling for each id', () => {
  assert.equal(normalizeChannelId('cafe\u0301'), 'caf\u00e9');
  assert.equal(normalizeChannelId(' #/fishing/ '), 'fishing');
  assert.equal(channelIdFromHash('#cafe%CC%81'), 'caf\u00e9');
  assert.equal(channelIdFromHash('#lakes%2Fnorth'), 'lakes/north');
  assert.equal(channelIdFromHash('#%'), '');
});

test('encodes ids for addresses, part by part', () => {
  assert.equal(encodeChannelId('lakes/caf\u00e9'), 'lakes/caf%C3%A9');
});

test('tells private chats from channels', () => {
  assert.deepEqual(['@abc', 'abc'].map(isPrivateChat), [true, false]);
});
