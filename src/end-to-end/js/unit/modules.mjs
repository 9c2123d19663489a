/** Imports modules of the client without a server and without a browser. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const scratch = mkdtempSync(join(tmpdir(), 'weir-unit-'));
const directory = (path) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

// Copies, beside a package.json that tells Node that they are ES modules.
cpSync(directory('src/main/js/weir'), join(scratch, 'weir'), { recursive: true });
cpSync(directory('target/classes/chat/weir/http/client'), join(scratch, 'page'), { recursive: true });
writeFileSync(join(scratch, 'package.json'), '{"type":"module"}');
after(() => rmSync(scratch, { recursive: true, force: true }));

/** A module of weir.js, for example `requests.js`. */
export const weirModule = (name) => import(pathToFileURL(join(scratch, 'weir', name)));

/** A module of the page, for example `text.js`. */
export const pageModule = (name) => import(pathToFileURL(join(scratch, 'page', 'web', name)));
