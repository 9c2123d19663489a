// @ts-check
/** @import { Envelope, StateEvent } from '../weir.js' */
/** @import { Conversation } from './conversation.js' */
/** @import { Session, SessionEnd } from './session.js' */
import { loadOlder, reconcile } from './history.js';
import { MODERATION_TYPES, SESSION_ENDED, errorText, moderationText, notificationText, removalText } from './text.js';

const POLICY_VIOLATION = 1008;
const REPLACED = 4501;
const REMOVED = [4503, 4504];

/**
 * Applies the events of a session's connection to the session and its conversations.
 * @param {Session} session
 */
export function handleEvents(session) {
  const { weir } = session;
  for (const [type, apply] of Object.entries(CONVERSATION_EVENTS)) {
    weir.on(type, (/** @type {Envelope} */ envelope) => {
      const conversation = session.conversations.get(envelope.channel);
      if (conversation) {
        apply(session, conversation, envelope);
        session.page.changed();
      }
    });
  }
  MODERATION_TYPES.forEach((type) => weir.on(type, (envelope) => moderated(session, envelope)));
  weir.on('private', ({ channel, users }) => {
    if (typeof channel === 'string' && Array.isArray(users)) {
      session.invited(channel, users);
    }
  });
  weir.on('identified', ({ user }) => identified(session, user));
  weir.on('lost', ({ error }) => {
    session.unconfirm();
    session.page.nameLost(error);
  });
  weir.on('error', ({ code, message, reason, retryAfter }) => session.refused({ code, message, reason, retryAfter }));
  weir.on('state', (state) => connectionChanged(session, state));
}

/**
 * Events of one conversation.
 * @type {Record<string, (session: Session, conversation: Conversation, envelope: any) => void>}
 */
const CONVERSATION_EVENTS = {
  message(session, conversation, envelope) {
    const isOwn = session.names.isOwn(envelope.user, envelope.id);
    if (conversation.receive(envelope, isOwn) && !isOwn && !session.isVisible(conversation)) {
      conversation.addUnread();
    }
  },
  delete(session, conversation, { id }) {
    if (id !== undefined) {
      conversation.remove(id);
    }
  },
  edit(session, conversation, { id, text }) {
    if (id !== undefined) {
      conversation.edit(id, text);
    }
  },
  users(session, conversation, { users, count }) {
    conversation.setUsers(users, count);
  },
  notification(session, conversation, envelope) {
    const { event, user, from } = envelope;
    if (event === 'renamed') {
      conversation.rename(from, user);
    } else {
      conversation.stopTyping(user);
    }
    conversation.addNotice(notificationText(envelope));
  },
  typing(session, conversation, { user }) {
    if (user) {
      conversation.startTyping(user);
    }
  },
  doneTyping(session, conversation, { user }) {
    conversation.stopTyping(user);
  },
  leave(session, conversation) {
    const { id, hasEnded, isPrivate } = conversation;
    if (hasEnded || id === session.home) {
      return;
    }
    if (isPrivate) {
      session.endPrivateChat(conversation);
      return;
    }
    session.remove(id);
    const { removal } = session;
    if (removal?.channel === id || removal?.channel === '*') {
      session.page.notify(removalText(removal, id));
      session.removalShown();
    }
  },
  gap(session, conversation) {
    conversation.clear();
    loadOlder(session, conversation);
  },
};

/**
 * @param {Session} session
 * @param {Envelope} envelope
 */
function moderated(session, envelope) {
  const { type, user, by, channel, role, duration } = envelope;
  if (!user || !by) {
    return; // the reply to a request, not an event
  }
  const isMe = user === session.me;
  if (isMe && (type === 'kick' || type === 'ban')) {
    session.removed(envelope);
  }
  const text = moderationText(envelope, session.me);
  for (const conversation of session.conversations.values()) {
    if (channel !== '*' && channel !== conversation.id) {
      continue;
    }
    conversation.addNotice(text, { isModeration: true });
    if (type === 'role') {
      conversation.setModerator(user, role === 'moderator');
    } else if (isMe && type === 'mute') {
      conversation.mute(duration, text);
    } else if (isMe && type === 'unmute') {
      conversation.unmute();
    }
    session.page.changed();
  }
}

/**
 * The name is confirmed, for the first time or again.
 * @param {Session} session
 * @param {string} user
 */
async function identified(session, user) {
  const isFirst = session.confirm(user);
  if (session.isAccount) {
    await session.loadRole();
  } else {
    // The server does not know what a guest has blocked on earlier connections.
    session.blocked.forEach((name) => session.weir.request('block', { user: name }).catch(() => {}));
  }
  for (const conversation of session.conversations.values()) {
    session.loadUsers(conversation);
    if (!isFirst) {
      reconcile(session, conversation).catch(() => {});
    }
  }
  session.page.changed();
}

/**
 * @param {Session} session
 * @param {StateEvent} event
 */
function connectionChanged(session, event) {
  const { state } = event;
  if (state !== 'open') {
    session.connectionLost();
  }
  const isOver = state === 'closed' || (state === 'waiting' && isRemoved(session));
  if (isOver && session.hasEntered) {
    session.page.ended(endOf(session, event));
  }
  session.page.connectionChanged(event);
  session.page.changed();
}

/**
 * Whether the user was told to be kicked or banned from the connection's own channel. Then the client does not
 * reconnect, even if the close that should follow is lost.
 * @param {Session} session
 */
function isRemoved({ removal, me, home }) {
  return removal !== null && removal.user === me && (removal.channel === home || removal.channel === '*');
}

/**
 * Why the session does not come back by itself.
 * @param {Session} session
 * @param {StateEvent} event
 * @returns {SessionEnd}
 */
function endOf(session, { code = 0, reason }) {
  const { expectedEnd, removal, home } = session;
  if (expectedEnd) {
    return expectedEnd;
  }
  if (removal && (isRemoved(session) || REMOVED.includes(code))) {
    return { text: removalText(removal, home) };
  }
  if (code === REPLACED) {
    return { text: 'You continued under this name in another window.' };
  }
  if (code === POLICY_VIOLATION && session.isAccount) {
    return { text: SESSION_ENDED, isLoginOver: true };
  }
  return { text: errorText({ message: reason || 'the server closed the connection' }) };
}
