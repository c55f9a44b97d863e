import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../src/local/ports.ts';

/**
 * How long a command takes to start: `node bench/start.ts [RUNS]`. The package's program and the
 * single executable, in turn with an empty program of Node's. Medians of wall time, in
 * milliseconds.
 */
const RUNS = Number(process.argv[2] ?? 21);
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'varve-start-'));
const executable = join(folder, 'varve');
const launcher = [process.execPath, '--max-semi-space-size=1', join(root, 'src/cli/varve.mjs')];

const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': [process.execPath, '-e', '0'],
  'executable --version': [executable, '--version'],
  'package --version': [...launcher, '--version'],
  'executable disk list': [executable, 'disk', 'list'],
  'package disk list': [...launcher, 'disk', 'list'],
};

try {
  execFileSync(process.execPath, [join(root, 'src/cli/build.mjs')]);
  execFileSync(process.execPath, [join(root, 'src/cli/packaging/build-executable.mjs'), folder], { stdio: 'ignore' });
  const medians = await withServer(measure);
  const empty = medians['node -e 0'] ?? 0;
  for (const [name, ms] of Object.entries(medians))
    console.log(`${name.padEnd(22)} ${ms.toFixed(0).padStart(5)} ms  ${(ms / empty).toFixed(2)} × node -e 0`);
  const beyond = (medians['executable disk list'] ?? 0) - 1.5 * empty;
  console.log(`executable disk list takes ${beyond.toFixed(0)} ms beyond 1.5 × node -e 0 (target: 250 ms)`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function withServer<T>(use: () => T): Promise<T> {
  const server = spawn(executable, ['server', '--port', `${await freePort()}`], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  try {
    for await (const part of server.stdout) if (String(part).includes('Varve is ready')) break;
    return use();
  } finally {
    server.kill();
    await ended;
  }
}

/** In turn, so that what else the machine does falls on all alike. */
function measure(): Record<string, number> {
  const times: Record<string, number[]> = {};
  for (let round = 0; round < RUNS; round++) {
    for (const [name, [program = '', ...words]] of Object.entries(PROGRAMS)) {
      const began = performance.now();
      const { status, stderr } = spawnSync(program, words, { cwd: folder, encoding: 'utf8' });
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
      times[name] = [...(times[name] ?? []), performance.now() - began];
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
