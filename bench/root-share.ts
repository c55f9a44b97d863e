/**
 * What the proof by the root takes of an export's CPU: `node bench/root-share.ts [GIB]`.
 *
 * An installation of its own on the embedded stores, with a disk of bytes that do not compress
 * (2 GiB). The disk is exported to a new file with Node's CPU profiler on. The proof is all that is
 * done in and below the functions that compute pages and the root from ids.
 */
import { randomFillSync } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from './heavy/installations.ts';
import { createRun } from './process/program.ts';
import { MIB } from './sizes.ts';
import { ROOT } from './varve/build-cli.ts';

const GIB = Number(process.argv[2] ?? 2);
const EXPORT_LIMIT_S = 600;

/** Roots of what belongs to the proof: leaf pages of a map, and the pages above them. */
const PROOF = new Set(['prove', 'provePage', 'add', 'finish']);

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Milliseconds of one thread's profile: that it was busy, and that of the proof. */
function share({ nodes, samples, timeDeltas }: Profile): { readonly busyMs: number; readonly proofMs: number } {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ofProof = new Set<number>();
  const mark = (id: number): void => {
    ofProof.add(id);
    for (const child of byId.get(id)?.children ?? []) mark(child);
  };
  for (const { id, callFrame } of nodes) if (PROOF.has(callFrame.functionName)) mark(id);
  let [busyMs, proofMs] = [0, 0];
  for (const [at, id] of samples.entries()) {
    const ms = (timeDeltas[at] ?? 0) / 1000;
    if (byId.get(id)?.callFrame.functionName === '(idle)') continue;
    busyMs += ms;
    if (ofProof.has(id)) proofMs += ms;
  }
  return { busyMs, proofMs };
}

const profileIn = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Profile;

const folder = mkdtempSync(join(tmpdir(), 'varve-root-share-'));
const installation = await startEmbedded(folder);
try {
  const image = openSync(join(folder, 'image'), 'w');
  const part = Buffer.alloc(MIB);
  for (let at = 0; at < GIB * 1024; at++) writeSync(image, randomFillSync(part));
  closeSync(image);
  await installation.cli.importImage(join(folder, 'image'), 'large');
  rmSync(join(folder, 'image'));
  const profiles = join(folder, 'profiles');
  const { cpuS, wallS } = await createRun(new AbortController().signal)({
    command: process.execPath,
    args: [
      ...['--max-semi-space-size=1', '--cpu-prof', `--cpu-prof-dir=${profiles}`, join(ROOT, 'src/cli/varve.mjs')],
      ...['disk', 'export', 'large', join(folder, 'exported'), '--quiet'],
    ],
    env: { VARVE_ENDPOINT: installation.url, VARVE_API_KEY: installation.adminKey },
    limitS: EXPORT_LIMIT_S,
  });
  const all = readdirSync(profiles).map((name) => share(profileIn(join(profiles, name))));
  const proofMs = all.reduce((sum, one) => sum + one.proofMs, 0);
  const busyMs = all.reduce((sum, one) => sum + one.busyMs, 0);
  console.log(
    `export of ${GIB} GiB: ${wallS.toFixed(1)} s, CPU ${cpuS.toFixed(1)} s, ` +
      `of ${all.length} threads busy ${(busyMs / 1000).toFixed(1)} s`,
  );
  const percent = ((proofMs / cpuS) * 0.1).toFixed(2);
  console.log(`the proof by the root: ${proofMs.toFixed(1)} ms, ${percent} % of the CPU`);
} finally {
  await installation.stop();
  rmSync(folder, { recursive: true, force: true });
}
