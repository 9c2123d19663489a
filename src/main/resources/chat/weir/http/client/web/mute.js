import { plain, until } from './words.js';

/** Until when one may not speak in a conversation. */

const FOR_GOOD = Number.MAX_SAFE_INTEGER;
/** By which a server that answers late may differ from what is known. */
const SAME_MS = 5_000;

export const isMuted = ({ mutedUntil }) => mutedUntil > Date.now();

/** Somebody has said that one is muted. @param {number} [seconds] none: for good @param {string} text who has said it, and why */
export function mute(conversation, seconds, text) {
  conversation.mutedUntil = seconds ? Date.now() + seconds * 1_000 : FOR_GOOD;
  conversation.muteText = seconds ? `${text} (until ${until(seconds)})` : text;
}

export function unmute(conversation) {
  conversation.mutedUntil = 0;
}

/** What was on its way was refused; it may be that one was muted before one came. */
export function refused(conversation, entry, error) {
  const why = plain(error);
  conversation.fail(entry, why, error.reason === 'unknown');
  const end = Date.now() + (error.retryAfter ?? 0) * 1_000;
  if (error.reason === 'muted' && error.retryAfter && Math.abs(conversation.mutedUntil - end) > SAME_MS) {
    Object.assign(conversation, { mutedUntil: end, muteText: why.replace(/\.$/, '') });
  }
}
