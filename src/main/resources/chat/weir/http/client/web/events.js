import { getToKnow, loadOlder, reconcile } from './loading.js';
import { mute, unmute } from './mutes.js';
import { MEASURE_TYPES, measure, plain, until } from './words.js';

/** What the server tells, and what becomes of it in the conversations. */

/** Takes in all that a session's connection says. */
export function listen(session) {
  const { weir } = session;
  for (const [type, take] of Object.entries(TAKEN)) {
    weir.on(type, (envelope) => {
      const conversation = session.conversations.get(envelope.channel);
      if (conversation) {
        take(session, conversation, envelope);
        session.page.changed();
      }
    });
  }
  MEASURE_TYPES.forEach((type) => weir.on(type, (envelope) => takeMeasure(session, envelope)));
  weir.on('private', ({ channel, users }) => invited(session, channel, users));
  weir.on('identified', ({ user }) => identified(session, user));
  weir.on('lost', ({ error }) => {
    session.confirmed = false;
    session.page.lost(error);
  });
  weir.on('error', ({ code, message, reason, retryAfter }) => {
    session.refusal = { code, message, reason, retryAfter };
  });
  weir.on('state', (state) => changed(session, state));
}

const TAKEN = {
  message(session, conversation, envelope) {
    const own = session.names.own(envelope.user, envelope.id);
    if (conversation.receive(envelope, own) && !own && !session.isSeen(conversation)) {
      conversation.unread++;
    }
  },
  delete(session, conversation, { id }) {
    if (id !== undefined) {
      conversation.remove(id);
    }
  },
  users(session, conversation, { users, count }) {
    conversation.users = Array.isArray(users) ? users : null;
    conversation.count = count;
  },
  notification(session, conversation, { event, user, from, text }) {
    if (event === 'renamed') {
      conversation.rename(from, user);
    } else {
      conversation.typists.delete(user);
    }
    conversation.note(text);
  },
  typing(session, conversation, { user }) {
    if (user) {
      conversation.typists.add(user);
    }
  },
  doneTyping(session, conversation, { user }) {
    conversation.typists.delete(user);
  },
  leave(session, conversation) {
    if (conversation.ended || conversation.id === session.home) {
      return;
    }
    if (conversation.isPrivate) {
      conversation.ended = true;
      conversation.note('This private chat has ended.');
      session.remember();
      return;
    }
    session.remove(conversation.id);
    const { sentAway } = session;
    if (sentAway?.channel === conversation.id || sentAway?.channel === '*') {
      session.page.said(awayText(session, conversation.id));
      session.sentAway = null;
    }
  },
  gap(session, conversation) {
    conversation.clear();
    loadOlder(session, conversation);
  },
};

function takeMeasure(session, envelope) {
  const { type, user, channel, duration } = envelope;
  if (!user || !envelope.by) {
    return;
  }
  if (user === session.me && (type === 'kick' || type === 'ban')) {
    session.sentAway = envelope;
  }
  const meant = channel === '*' ? [...session.conversations.values()] : [session.conversations.get(channel)].filter(Boolean);
  for (const conversation of meant) {
    conversation.note(measure(envelope, session.me), 'measure');
    if (type === 'role') {
      const others = conversation.moderators.filter((name) => name !== user);
      conversation.moderators = envelope.role === 'moderator' ? [...others, user] : others;
    }
    if (user === session.me && type === 'mute') {
      mute(conversation, duration, measure(envelope, session.me));
    } else if (user === session.me && type === 'unmute') {
      unmute(conversation);
    }
    session.page.changed();
  }
}

/** Somebody begins a private chat: it is in the list from now on, and takes nobody's eyes off what he reads. */
function invited(session, channel, users) {
  if (typeof channel !== 'string' || !Array.isArray(users)) {
    return;
  }
  const isNew = !session.conversations.has(channel) || session.conversations.get(channel).ended;
  const conversation = session.add(channel, users);
  conversation.pair = users;
  session.remember();
  if (isNew) {
    getToKnow(session, conversation);
    conversation.invited = true;
  }
  session.page.changed();
}

/** The name is ours, for the first time or again. */
async function identified(session, user) {
  const isFirst = !session.known;
  session.known = true;
  session.confirmed = true;
  session.call(user);
  if (!session.isAccount) {
    session.identity.blocked.forEach((name) => session.weir.request('block', { user: name }).catch(() => {}));
  } else {
    session.isAdmin = (await session.api.me().catch(() => ({}))).role === 'admin';
  }
  for (const conversation of session.conversations.values()) {
    getToKnow(session, conversation);
    if (!isFirst) {
      reconcile(session, conversation).catch(() => {});
    }
  }
  session.page.changed();
}

function changed(session, state) {
  if (state.state !== 'open') {
    session.confirmed = false;
    session.conversations.forEach((one) => one.typists.clear());
  }
  const isOver = state.state === 'closed' || (state.state === 'waiting' && isSentAway(session));
  if (isOver && session.hasEntered) {
    session.page.ended(ending(session, state));
  }
  session.page.state(state);
  session.page.changed();
}

/** Whether one has been told so: then one does not come back, even if the close that should follow is lost. */
function isSentAway({ sentAway, me, home }) {
  return sentAway !== null && sentAway.user === me && (sentAway.channel === home || sentAway.channel === '*');
}

function awayText(session, channel) {
  const { type, by, duration, reason } = session.sentAway;
  const long = duration ? ` until ${until(duration)}` : '';
  const done = type === 'kick' ? `sent you out of ${channel}` : `banned you from ${channel}`;
  return `${by} ${done}${long}${reason ? `: ${reason}` : ''}`;
}

/** Why there is no coming back by itself. */
function ending(session, { code, reason }) {
  if (session.farewell) {
    return session.farewell;
  }
  if (isSentAway(session) || ((code === 4503 || code === 4504) && session.sentAway)) {
    return { text: awayText(session, session.home) };
  }
  if (code === 4501) {
    return { text: 'You went on under this name in another window, so it ended here.' };
  }
  if (code === 1008 && session.isAccount) {
    return { text: 'Your login has ended. Log in again.', isLoginOver: true };
  }
  return { text: plain({ message: reason || 'the server has ended the connection' }) };
}
