import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/** The program that opens a file in the person's browser. */
export function browserOpener(platform: string): string | undefined {
  if (platform === 'linux' || platform === 'freebsd') return 'xdg-open';
  return platform === 'darwin' ? 'open' : undefined;
}

export interface Opening {
  /** With a secret in its fragment. */
  readonly url: string;
  readonly opener: string;
  readonly signal: AbortSignal;
  /** How long the browser has to read the file. */
  readonly readMs: number;
}

/**
 * Opens a URL that must not be seen: arguments of a program are shown to every user of the machine.
 * So the browser is given a file of this user alone, which leads on to it. Answers false if no
 * browser could be started.
 */
export async function openBrowser({ url, opener, signal, readMs }: Opening): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'varve-console-')); // 0700
  try {
    const file = join(folder, 'console.html');
    await writeFile(file, pageTo(url), { mode: 0o600 });
    if (!(await start(opener, pathToFileURL(file).href))) return false;
    await sleep(readMs, undefined, { signal }).catch(() => undefined);
    return true;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** URLs of the console have no character that would mean anything here, but for what is escaped. */
function pageTo(url: string): string {
  const shown = url.replace(/[&"<>]/g, (char) => `&#${char.charCodeAt(0)};`);
  return `<!doctype html><title>Varve</title><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url=${shown}">
`;
}

function start(opener: string, address: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const child = spawn(opener, [address], { stdio: 'ignore', detached: true });
  child.once('error', () => resolve(false));
  // It may stay as long as the browser does.
  const late = setTimeout(() => resolve(true), STARTED_MS);
  child.once('exit', (code) => {
    clearTimeout(late);
    resolve(code === 0);
  });
  child.unref();
  return promise;
}

const STARTED_MS = 2_000;
