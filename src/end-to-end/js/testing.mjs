/** Fixtures: the real jar, a proxy that can cut its connections, and clients that record their events. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const scratch = mkdtempSync(join(tmpdir(), 'weir-js-'));
const open = [];

after(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** The one file, saved for Node: under a name that says that it is an ES module. */
const source = fileURLToPath(new URL('../../../target/classes/chat/weir/http/client/weir.js', import.meta.url));
copyFileSync(source, join(scratch, 'weir.mjs'));
export const { Weir, WeirError } = await import(pathToFileURL(join(scratch, 'weir.mjs')));

export const ws = createRequire(resolve(process.env.WEIR_MODULES ?? 'target/end-to-end', 'here'))('ws');

/** Closes something after the tests of the file. */
export function atEnd(one) {
  open.push(one);
  return one;
}

/** Waits until a condition is truthy, and returns its value. */
export async function until(holds, what = holds.toString(), ms = 15_000) {
  for (const end = Date.now() + ms; Date.now() < end;) {
    const now = await holds();
    if (now) return now;
    await new Promise((next) => setTimeout(next, 10));
  }
  throw new Error(`not in time: ${what}`);
}

/** The jar in its own process. After a restart it has the same port and data. */
export class Server {
  #settings;
  #process;
  #directory = mkdtempSync(join(scratch, 'server-'));

  static async start(settings = {}) {
    const server = atEnd(new Server());
    server.#settings = {
      HOST: '127.0.0.1', PORT: '0', IDENTITY_GRACE: '0s', HEARTBEAT_INTERVAL: '50ms',
      DATABASE_URL: 'jdbc:sqlite:weir.db', MESSAGE_RATE: '0', ...settings,
    };
    await server.start();
    return server;
  }

  async start() {
    const jar = resolve(process.env.WEIR_JAR ?? 'target/weir.jar');
    const environment = { PATH: process.env.PATH, ...this.#settings };
    this.#process = spawn(process.env.WEIR_JAVA ?? 'java', ['-Xmx128m', '-jar', jar], {
      cwd: this.#directory, env: environment, stdio: ['ignore', 'pipe', 'inherit'],
    });
    let log = '';
    this.#process.stdout.on('data', (text) => { log += text; });
    const [, port] = await until(() => / port=(\d+)/.exec(log), 'the server starts', 60_000);
    this.port = Number(port);
    this.#settings.PORT = port;
  }

  /** As kill -9 does. */
  async kill() {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }

  async close() { await this.kill(); }

  async http(method, path, body, token) {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return response.status === 204 ? null : response.json();
  }

  /** Registers an account and logs in to it. */
  async token(username, password = 'correct horse') {
    await this.http('POST', '/api/accounts', { username, password }).catch(() => null);
    return (await this.http('POST', '/api/sessions', { username, password })).token;
  }
}

/** A TCP proxy in front of a server that can cut or pause its connections. */
export class Wire {
  #pairs = new Set();
  #listener;
  #closed = false;
  /** The number of connections so far. */
  count = 0;
  /** When the server sends this the next time, the client loses the connection instead, and the server does not notice. */
  lostReply = null;

  static async to(server) {
    const wire = atEnd(new Wire());
    wire.#listener = net.createServer((near) => wire.#connect(near, server)).listen(0, '127.0.0.1');
    await once(wire.#listener, 'listening');
    wire.port = wire.#listener.address().port;
    return wire;
  }

  #connect(near, server) {
    this.count++;
    if (this.#closed) return near.destroy();
    const far = net.connect(server.port, '127.0.0.1');
    const pair = { near, far };
    this.#pairs.add(pair);
    for (const [from, to] of [[near, far], [far, near]]) {
      from.on('data', (bytes) => (from === far && this.lostReply?.test(bytes.toString('latin1')) ? this.#lose() : to.write(bytes)));
      from.on('error', () => {});
      from.on('close', () => {
        if (from === near && pair.hangs) return;
        to.destroy();
        this.#pairs.delete(pair);
      });
    }
  }

  /** Cuts all connections. */
  cut() { for (const { near, far } of this.#pairs) near.destroy(far.destroy()); }

  #lose() {
    this.lostReply = null;
    this.leaveHanging();
  }

  /** Cuts the connections of all clients; the server does not notice. */
  leaveHanging() { for (const pair of this.#pairs) Object.assign(pair, { hangs: true }).near.destroy(); }

  /** Cuts all connections, and accepts no others. */
  shut() {
    this.#closed = true;
    this.cut();
  }

  reopen() { this.#closed = false; }

  /** Stops what the server sends; neither side notices. */
  holdBack() { for (const { far } of this.#pairs) far.pause(); }

  /** Stops both directions; neither side notices. */
  hold() { for (const { near, far } of this.#pairs) near.pause(far.pause()); }

  letGo() { for (const { near, far } of this.#pairs) near.resume(far.resume()); }

  close() {
    this.shut();
    this.#listener.close();
  }
}

/** A client of a server or of a proxy, with its events in `events`. */
export function client(to, channel = 'fishing', options = {}) {
  const weir = atEnd(new Weir(`ws://127.0.0.1:${to.port}/${channel}`, {
    WebSocket: ws.WebSocket, firstDelay: 10, longestDelay: 100, ...options,
  }));
  weir.events = [];
  for (const type of ['message', 'gap', 'lost', 'leave', 'private', 'state', 'identified', 'kick', 'typing', 'error']) {
    weir.on(type, (event) => weir.events.push({ ...event, type }));
  }
  weir.texts = (where = weir.channel) => messages(weir, where).map(({ text }) => text);
  return weir;
}

/** The messages that a client received in a channel. Their ids must increase. */
export function messages(weir, channel = weir.channel) {
  const events = weir.events.filter((event) => event.type === 'message' && event.channel === channel);
  for (let i = 1; i < events.length; i++) {
    if (events[i].id <= events[i - 1].id) throw new Error(`${events[i].id} comes after ${events[i - 1].id}`);
  }
  return events;
}

/** A client that has a name. */
export async function guest(to, name, channel, options) {
  const weir = client(to, channel, options);
  await weir.connect();
  await weir.identify(name);
  return weir;
}
