// @ts-check
/** @import { App } from './app.js' */
/** @import { Credentials } from './session.js' */
import { Api, ApiError } from './api.js';
import { channelIdError, channelIdFromHash, isPrivateChat } from './channel-id.js';
import { $, el, input } from './dom.js';
import { Identity } from './identity.js';
import { StartPage } from './start-page.js';
import { errorText } from './text.js';

/**
 * Starts the page: resumes the session of a user that the browser remembers, or shows the start page. The modules of the
 * chat are loaded when the user is about to enter, so that the start page does not wait for them.
 */

const RETRY_MS = 3_000;
/** All modules of the chat, those of menus and dialogs included: later the server may be away, or have another version. */
const CHAT_MODULES = [
  '../weir.js', './app.js', './chat-page.js', './composer.js', './conversation.js', './conversation-list.js',
  './dialogs.js', './entries.js', './events.js', './history.js', './layout.js', './menu.js', './message-elements.js',
  './message-list.js', './message-menu.js', './message-rows.js', './moderation.js', './mute.js', './own-names.js',
  './profile.js', './session.js', './status.js', './user-list.js', './user-menu.js',
];

const api = new Api();
const identity = new Identity();
const config = await loadConfig();
const startPage = new StartPage({ api, identity, config }, async (channel, credentials) => {
  const app = await loadApp();
  await app.enter(channel, credentials);
});
/** @type {Promise<App> | null} */
let loading = null;

addEventListener('hashchange', () => {
  if (!$('start').hidden) {
    input('channel').value = channelIdFromHash(location.hash);
  }
});
for (const type of ['input', 'click']) {
  $('enter').addEventListener(type, () => loadApp().catch(() => {}), { once: true });
}
begin();

/** Asks for the configuration until the server answers. */
async function loadConfig() {
  for (;;) {
    try {
      const found = await api.config();
      $('notice').hidden = true;
      return found;
    } catch (error) {
      $('start').hidden = false;
      $('notice').hidden = false;
      $('notice').textContent = `${errorText(error)} Trying again …`;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Loads the chat, once. */
function loadApp() {
  loading ??= importApp().catch(() => {
    loading = null;
    throw new ApiError(0, 'the server cannot be reached');
  });
  return loading;
}

async function importApp() {
  // All at once, instead of each when another one imports it.
  const hrefs = CHAT_MODULES.map((module) => new URL(module, import.meta.url).href);
  document.head.append(...hrefs.map((href) => el('link', { rel: 'modulepreload', href })));
  const { App } = await import('./app.js');
  return new App({ api, config, identity }, startPage);
}

function begin() {
  const shown = channelIdFromHash(location.hash);
  const home = isPrivateChat(shown) ? identity.open[0]?.id ?? '' : shown;
  /** @type {Credentials | null} */
  const credentials = identity.login ?? identity.guest;
  if (credentials && home !== '' && channelIdError(home) === '') {
    loadApp().then(
      (app) => app.resume(home, shown, credentials),
      (error) => startPage.show({ channel: home, error }),
    );
  } else {
    startPage.show({ channel: home });
  }
}
