#!/usr/bin/env -S node --max-semi-space-size=1 --disable-warning=ExperimentalWarning
// Starts the CLI on any Node from 20.11 on. Varve needs Node 22.15; where an older one runs this in
// the repository, the one that npm installed there takes over. Plain JavaScript without
// dependencies, as it must run before anything is checked. The small semi-space saves 15 MB: what
// lives in the heap is little and short-lived. Node 22 warns of its SQLite, which later ones have
// as it is.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const OLDEST = [22, 15]; // the first with zstd
const FLAGS = ['--max-semi-space-size=1', '--disable-warning=ExperimentalWarning'];
const bundle = new URL('../../dist/cli/varve.js', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const words = process.argv.slice(2);
// Threads that wait for the disk: with Node's own four, a few syncs would hold up all reading.
if (words[0] === 'server') process.env.UV_THREADPOOL_SIZE ??= '16';

const isVersion = words.includes('--version') && words.every((word) => word === '--version' || word === '--json');

if (isVersion) process.stdout.write(`${words.includes('--json') ? versionJson() : version}\n`);
else if (isTooOld()) takeOver();
else if (existsSync(bundle)) await start();
else fail('the CLI is not built: run npm run build:cli');

/** As executable.ts has it. */
function versionJson() {
  const { platform, arch, versions } = process;
  return JSON.stringify({ version, node: versions.node, platform: `${platform}-${arch}`, form: 'package' }, null, 2);
}

function isTooOld() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

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
  if (node === undefined) fail(`Varve needs Node ${OLDEST.join('.')} or later; this is Node ${process.versions.node}`);
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
