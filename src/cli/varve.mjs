#!/usr/bin/env -S node --max-semi-space-size=1
// Starts the CLI on any Node from 18 on. Varve needs Node 24; where an older one runs this, the one
// that npm installed beside it takes over. Plain JavaScript without dependencies, as it must run
// before anything is checked. The small semi-space saves 15 MB: what lives in the heap is little
// and short-lived.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const NODE_MAJOR = 24;
const FLAGS = ['--max-semi-space-size=1'];
const bundle = new URL('../../dist/cli/varve.js', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const words = process.argv.slice(2);
// Threads that wait for the disk: with Node's own four, a few syncs would hold up all reading.
if (words[0] === 'server') process.env.UV_THREADPOOL_SIZE ??= '16';

if (words.length === 1 && words[0] === '--version') process.stdout.write(`${version}\n`);
else if (Number.parseInt(process.versions.node, 10) < NODE_MAJOR) takeOver();
else if (existsSync(bundle)) await start();
else fail('the CLI is not built: run npm run build:cli');

async function start() {
  // A launcher that dies, even by SIGKILL, takes the CLI with it.
  if (process.channel) {
    process.on('disconnect', () => process.exit(1));
    process.channel.unref();
  }
  const { main } = await import(bundle.href);
  process.exitCode = await main(words);
  // Nothing is left to do; what is still open (standard input, kept connections) must not hold the
  // process.
  process.stdout.write('', () => process.exit());
}

function takeOver() {
  const node = pinnedNode();
  if (node === undefined) fail(`Varve needs Node ${NODE_MAJOR} or later; this is Node ${process.versions.node}`);
  const child = spawn(node, [...FLAGS, process.argv[1], ...words], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`cannot start ${node}: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

function pinnedNode() {
  try {
    const path = createRequire(import.meta.url).resolve('node/bin/node');
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function fail(message) {
  process.stderr.write(`varve: ${message}\n`);
  process.exit(1);
}
