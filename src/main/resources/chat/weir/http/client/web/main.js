import { $, el } from './dom.js';
import { Api, ApiError } from './api.js';
import { Identity } from './identity.js';
import { Start } from './start.js';
import { faultOf, fromHash, isPrivate } from './channels.js';
import { plain } from './words.js';

/**
 * Begins: whoever is known is where the address says, anybody else chooses. What is needed to talk is loaded when it is
 * clear that somebody will, so that the first sight of the page waits for nothing else.
 */

const RETRY_MS = 3_000;
/** Also what is only needed later, when the server may be away or have another version. */
const TALK = ['../weir.js', './about.js', './chat.js', './composer.js', './conversation.js', './conversations.js', './dialogs.js',
  './events.js', './loading.js', './log.js', './menu.js', './message.js', './moderation.js', './mutes.js', './names.js', './people.js', './person.js',
  './room.js', './rows.js', './self.js', './session.js', './status.js', './talk.js'];

const api = new Api();
const identity = new Identity();
const config = await configuration();
const start = new Start({ api, identity, config }, async (channel, who) => (await talk()).enter(channel, who));
let talking = null;

addEventListener('hashchange', () => {
  if (!$('start').hidden) {
    $('channel').value = fromHash(location.hash);
  }
});
['input', 'click'].forEach((type) => $('enter').addEventListener(type, () => talk().catch(() => {}), { once: true }));
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

/** Loads what is needed to talk: all its modules at once, and not each when another one asks for it. */
function talk() {
  talking ??= load().catch(() => {
    talking = null;
    throw new ApiError(0, 'the server cannot be reached');
  });
  return talking;
}

async function load() {
  const links = TALK.map((module) => el('link', { rel: 'modulepreload', href: new URL(module, import.meta.url).href }));
  document.head.append(...links);
  const { Talk } = await import('./talk.js');
  return new Talk({ api, config, identity }, start);
}

function begin() {
  const asked = fromHash(location.hash);
  const home = isPrivate(asked) ? identity.open[0]?.id ?? '' : asked;
  const who = identity.login ?? identity.guest;
  if (who && home !== '' && faultOf(home) === '') {
    talk().then(
      (loaded) => loaded.comeBack(home, asked, who),
      (error) => start.show({ channel: home, error }),
    );
  } else {
    start.show({ channel: home });
  }
}
