// @ts-check
/** The ids of channels, and how they are written in addresses. */

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
const ALLOWED = /^(?:\p{L}\p{M}*|[\p{Nd}\-_.~/])+$/u;
const MAX_BYTES = 128;

/**
 * The id that a user typed, in NFC, without the characters of addresses around it: ` #/fishing/ ` is `fishing`.
 * @param {string} typed
 */
export const normalizeChannelId = (typed) => typed.normalize('NFC').trim().replace(/^[#/]+|\/+$/g, '');

/**
 * What is wrong with the id of a channel, as a sentence; empty: nothing.
 * @param {string} id
 */
export function channelIdError(id) {
  if (id === '') {
    return 'Choose a channel.';
  }
  if (!ALLOWED.test(id) || INVISIBLE.test(id) || id.split('/').some((part) => ['', '.', '..'].includes(part))) {
    return 'A channel has letters, digits and - _ . ~ only, with / between parts.';
  }
  return new TextEncoder().encode(id).length > MAX_BYTES ? 'This channel name is too long.' : '';
}

/**
 * The id for an address, encoded part by part.
 * @param {string} id
 */
export const encodeChannelId = (id) => id.split('/').map(encodeURIComponent).join('/');

/**
 * The channel of a link such as `#lakes/north`; empty: none.
 * @param {string} hash
 */
export function channelIdFromHash(hash) {
  try {
    return normalizeChannelId(decodeURIComponent(hash.slice(1)));
  } catch {
    return '';
  }
}

/**
 * Whether it is the id of a private chat.
 * @param {string} id
 */
export const isPrivateChat = (id) => id.startsWith('@');

/**
 * The URL for a WebSocket in a channel, at the address of the page.
 * @param {string} id
 */
export const socketUrl = (id) => new URL('.', document.baseURI).href.replace(/^http/, 'ws') + encodeChannelId(id);
