/** The texts of the page. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageModule } from './modules.mjs';

const text = await pageModule('text.js');
const { countText, dateOf, dayText, durationText, endText, errorText, moderationText, notificationText } = text;
const { removalText, typingText } = text;

test('decides by the reason of an error, whatever its text', () => {
  for (const message of ['other words', 'you are banned', 'name is', '']) {
    assert.match(errorText({ reason: 'name_taken', code: 409, message }), /name is taken/);
    assert.match(errorText({ reason: 'wrong_credentials', code: 401, message }), /Wrong name or password/);
    assert.match(errorText({ reason: 'rate_limited', code: 429, message, retryAfter: 2.5 }), /Wait 3 seconds/);
    assert.match(errorText({ reason: 'rate_limited', code: 429, message }), /Wait a moment/);
    assert.match(errorText({ reason: 'unavailable', code: 503, message }), /Try again/);
    assert.match(errorText({ reason: 'muted', code: 403, message, retryAfter: 60 }), /\(until .+\)\.$/);
    assert.match(errorText({ reason: 'taken', type: 'identity', message }), /name is taken/);
  }
});

test('tells the reasons of a refused name from those of errors', () => {
  assert.match(errorText({ reason: 'banned', type: 'identity', message: 'other' }), /You are banned from this channel/);
  assert.equal(errorText({ reason: 'banned', type: 'error', message: 'you are banned in fishing' }), 'You are banned in fishing.');
});

test('shows any other error as a sentence', () => {
  assert.equal(errorText({ reason: 'too_many_channels', message: 'leave one first' }), 'Leave one first.');
  assert.equal(errorText(new Error('Choose a name.')), 'Choose a name.');
  for (const odd of [undefined, null, {}, { message: '' }, { reason: '__proto__' }]) {
    assert.equal(errorText(odd), 'Something went wrong.');
  }
});

test('describes moderation to each reader', () => {
  const mute = { type: 'mute', user: 'bob', by: 'mia', duration: 600, reason: 'no advertising' };
  assert.equal(moderationText(mute, 'ann'), 'mia muted bob for 10 minutes: no advertising');
  assert.equal(moderationText(mute, 'bob'), 'mia muted you for 10 minutes: no advertising');
  assert.equal(moderationText(mute, 'mia'), 'You muted bob for 10 minutes: no advertising');
  assert.equal(moderationText({ type: 'ban', user: 'bob', by: 'root', channel: '*' }, 'ann'), 'root banned bob everywhere');
  assert.equal(moderationText({ type: 'role', user: 'bob', by: 'root', role: 'moderator' }, 'bob'), 'root made you a moderator');
  assert.equal(
    moderationText({ type: 'role', user: 'bob', by: 'root', role: 'member' }, 'ann'), 'root removed bob from the moderators');
});

test('has a text for every type of moderation', () => {
  for (const type of text.MODERATION_TYPES) {
    assert.match(moderationText({ type, user: 'bob', by: 'mia' }, 'ann'), /^mia .+bob/, type);
  }
});

test('tells a user why they were removed', () => {
  const kick = { type: 'kick', by: 'root', reason: 'be nice' };
  assert.equal(removalText(kick, 'fishing'), 'root kicked you from fishing: be nice');
  assert.match(removalText({ type: 'ban', by: 'root', duration: 86_400 }, 'boats'), /^root banned you from boats until .+/);
  assert.equal(removalText({ type: 'ban', by: 'root' }, 'boats'), 'root banned you from boats');
});

test('words notifications by their event, and shows the text of those that it does not know', () => {
  assert.equal(notificationText({ event: 'joined', user: 'bob', text: 'other words' }), 'bob joined');
  assert.equal(notificationText({ event: 'left', user: 'bob', text: 'other words' }), 'bob left');
  assert.equal(notificationText({ event: 'renamed', user: 'bert', from: 'bob', text: 'other words' }), 'bob is now bert');
  assert.equal(notificationText({ event: 'waved', user: 'bob', text: 'bob waves' }), 'bob waves');
});

test('says who is typing', () => {
  assert.deepEqual(
    [[], ['ann'], ['ann', 'bob'], ['ann', 'bob', 'cy'], ['ann', 'bob', 'cy', 'dan']].map(typingText),
    ['', 'ann is typing …', 'ann and bob are typing …', 'ann, bob and cy are typing …', 'Several people are typing …']);
});

test('says durations in the largest unit that fits', () => {
  assert.deepEqual(
    [1, 60, 90, 600, 3_600, 5_400, 86_400, 172_800].map(durationText),
    ['1 second', '1 minute', '90 seconds', '10 minutes', '1 hour', '90 minutes', '1 day', '2 days']);
});

test('counts in singular and plural', () => {
  assert.deepEqual([0, 1, 2].map((n) => countText(n, 'message')), ['0 messages', '1 message', '2 messages']);
  assert.deepEqual([1, 2].map((n) => countText(n, 'person is', 'people are')), ['1 person is', '2 people are']);
});

test('makes a valid date of whatever the server sent', () => {
  assert.equal(dateOf(1_652_997_756).toISOString(), '2022-05-19T22:02:36.000Z');
  for (const odd of [-5, 1e300, NaN, 'x', undefined]) assert.ok(!Number.isNaN(dateOf(odd).getTime()), odd);
});

test('names days by their distance', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: new Date(2024, 4, 15, 12) });
  assert.equal(dayText(new Date(2024, 4, 15, 0, 1)), 'Today');
  assert.equal(dayText(new Date(2024, 4, 14, 23, 59)), 'Yesterday');
  assert.doesNotMatch(dayText(new Date(2024, 3, 1)), /2024/);
  assert.match(dayText(new Date(2020, 3, 1)), /2020/);
});

test('says the day of an end that is not today', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: new Date(2024, 4, 15, 12) });
  assert.doesNotMatch(endText(600), /2024/);
  assert.match(endText(86_400), /2024/);
});
