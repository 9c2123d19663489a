import { $ } from './dom.js';
import { Api } from './api.js';
import { Chat } from './chat.js';
import { Identity } from './identity.js';
import { Session } from './session.js';
import { Start } from './start.js';
import { faultOf, fromHash, isPrivate } from './channels.js';
import { plain } from './words.js';

/** Brings the parts of the page together: who one is decides between the start and the chat. */

const RETRY_MS = 3_000;
const CLOSE_CODES_FROM = 1_000;

const api = new Api();
const identity = new Identity();
const config = await configuration();
const chat = new Chat(config, logOut, ended);
const start = new Start({ api, identity, config }, enter);

addEventListener('hashchange', () => {
  if (!$('start').hidden) {
    $('channel').value = fromHash(location.hash);
  }
});
begin();

/** What the page has to know; asked for until the server is there. */
async function configuration() {
  for (;;) {
    try {
      const found = await api.config();
      $('notice').hidden = true;
      return found;
    } catch (error) {
      $('start').hidden = false;
      $('notice').hidden = false;
      $('notice').textContent = `${plain(error)} Trying again …`;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Whoever is known already is where the address says at once. */
function begin() {
  const asked = fromHash(location.hash);
  const home = isPrivate(asked) ? identity.open[0]?.id ?? '' : asked;
  const who = identity.login ?? identity.guest;
  if (who && home !== '' && faultOf(home) === '') {
    comeBack(home, asked, who);
  } else {
    start.show({ channel: home });
  }
}

async function comeBack(home, asked, who) {
  const others = identity.open.filter(({ id }) => id !== home);
  const session = sessionIn(home, who);
  start.hide();
  chat.begin(session);
  try {
    await goIn(session, who);
  } catch (error) {
    const isLoginOver = who.token && error.code === 401;
    if (isLoginOver) {
      identity.forget();
    }
    start.show(isLoginOver ? { channel: home, notice: 'Your login has ended. Log in again.' } : { channel: home, error });
    return;
  }
  for (const { id, users } of others) {
    await session.join(id, users).catch(() => {});
  }
  if (session.conversations.has(asked)) {
    session.show(session.conversations.get(asked));
  }
}

/** Goes in from the start. Fulfilled as soon as the name is had, rejected with what is wrong. */
async function enter(channel, who) {
  const session = sessionIn(channel, who);
  session.weir.on('state', ({ state }) => {
    $('going').textContent = state === 'waiting' ? 'The server cannot be reached. Trying again …' : 'Connecting …';
  });
  await goIn(session, who);
  start.hide();
  chat.begin(session);
  $('text').focus();
}

function sessionIn(channel, who) {
  api.token = who.token ?? null;
  return new Session({ api, config, identity, page: chat }, channel);
}

async function goIn(session, who) {
  try {
    await session.enter(who);
  } catch (error) {
    session.close();
    throw error.code >= CLOSE_CODES_FROM && session.refusal ? session.refusal : error;
  }
}

function ended({ text, isLoginOver }) {
  const { session } = chat;
  session.close();
  if (isLoginOver) {
    identity.forget();
  }
  start.show({ channel: session.home, notice: text });
}

async function logOut() {
  const { session } = chat;
  await session.weir.logout().catch(() => {});
  session.close();
  identity.forget();
  await api.logout();
  start.show({ channel: session.home });
}
