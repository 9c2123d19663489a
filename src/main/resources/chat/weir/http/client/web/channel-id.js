/** Channels' ids, and how they are written in addresses. */

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
const ALLOWED = /^(?:\p{L}\p{M}*|[\p{Nd}\-_.~/])+$/u;
const LONGEST_BYTES = 128;

/** What somebody typed, in NFC, without the signs that belong to addresses: ` #/fishing/ ` is `fishing`. */
export const tidy = (typed) => typed.normalize('NFC').trim().replace(/^[#/]+|\/+$/g, '');

/** What is wrong with a channel's id, in plain words; empty: nothing. */
export function faultOf(id) {
  if (id === '') {
    return 'Choose a channel.';
  }
  if (!ALLOWED.test(id) || INVISIBLE.test(id) || id.split('/').some((part) => ['', '.', '..'].includes(part))) {
    return 'A channel has letters, digits and - _ . ~ only, with / between parts.';
  }
  return new TextEncoder().encode(id).length > LONGEST_BYTES ? 'That is too long for a channel.' : '';
}

/** The id for an address, segment by segment. */
export const encode = (id) => id.split('/').map(encodeURIComponent).join('/');

/** The channel of a deep link such as `#lakes/north`; empty: none. */
export function fromHash(hash) {
  try {
    return tidy(decodeURIComponent(hash.slice(1)));
  } catch {
    return '';
  }
}

/** Whether it is a private chat's. */
export const isPrivate = (id) => id.startsWith('@');

/** The URL of a channel's WebSocket: at the page's own address. */
export function socketUrl(id) {
  return new URL('.', document.baseURI).href.replace(/^http/, 'ws') + encode(id);
}
