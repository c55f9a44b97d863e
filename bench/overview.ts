/**
 * What an overview costs in a large region: `node bench/overview.ts [DISKS] [SNAPSHOTS]`, on the
 * embedded catalogue. Default: 10,000 disks with 1,000,000 snapshots.
 *
 * The rows are put straight into the database before the catalogue opens it, with those that lists
 * and clean-up need. The first call counts everything. Then the same query is asked by HTTP events
 * at the API's handler.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '../src/assembly.ts';
import { openSqliteCatalogue } from '../src/platform/catalogue/sqlite.ts';
import { isoTime, systemClock } from '../src/platform/clock.ts';
import { parseUpkeep } from '../src/platform/config.ts';
import { createIds } from '../src/platform/ids.ts';
import { createLog, lineWriter } from '../src/platform/log.ts';
import { createSecret } from '../src/service/accounts/credentials.ts';
import { createHandler } from '../src/service/api/handler.ts';
import { recount } from '../src/service/watch/recount.ts';
import { sweepWatch } from '../src/service/watch/sweep.ts';
import { sweepOverviews } from '../src/service/watch/sweep-overview.ts';
import { BenchError } from './bench-error.ts';
import { startLoad } from './overview/load-rows.ts';
import { accountRows, diskRows, slotRows } from './overview/region-rows.ts';

const ACCOUNT = 'large';
const REGION = 'local';
const [POLICIES, CALLS, DISKS_AT_ONCE, FOREVER] = [100, 30, 100, Number.POSITIVE_INFINITY];
const QUERY = `{ overview { disks { total protected inBreach unprotected } snapshots { manual automatic inProgress failed }
  runs { done skipped failed } waiting { objects bytes } damagedObjects countedAt drift } }`;

const [disks = 10_000, snapshots = 1_000_000] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'varve-overview-'));
const path = join(folder, 'catalogue.db');
const loaded = await timed(load);
const loadCpuS = (process.cpuUsage().user + process.cpuUsage().system) / 1e6;
console.log(
  `loaded ${disks} disks with ${snapshots} snapshots in ${(loaded.ms / 1000).toFixed(0)} s, ${loadCpuS.toFixed(0)} s of CPU`,
);
const catalogue = await openSqliteCatalogue(path);
const log = createLog({ level: 'warn', clock: systemClock, write: lineWriter(process.stderr) });
const none = () => {
  throw new BenchError('There are no blocks here.');
};
const trust = { mayDeleteByTime: () => true, isTrusted: () => true, correct: (at: number) => at };
const trusted = async () => ({ kind: 'trusted', by: 'boot' }) as never;
const { service } = assemble(
  {
    ...{ catalogue, log, clock: systemClock, clockWatch: { trust, look: trusted, observe: trusted, believe: none } },
    ...{ objects: none, files: none, queue: { send: async () => undefined }, defaultKeyId: '' },
    keys: { generateWrapped: none, rewrap: none },
    outgoing: { whyRefused: none, post: none },
  },
  { ...parseUpkeep({}), regions: [{ id: REGION, timeZone: 'UTC' }] },
);

async function load(): Promise<string> {
  const place = { accountId: ACCOUNT, region: REGION };
  const deps = { clock: systemClock, ids: createIds(systemClock), random: randomBytes };
  const { text, ...secret } = createSecret(randomBytes);
  const nowMs = systemClock.now();
  const rows = await startLoad(path);
  rows.put(accountRows(place, { secret, disks, policies: POLICIES, nowMs }));
  rows.put(slotRows(place, { policies: POLICIES, disks, nowMs }));
  for (let from = 0; from < disks; from += DISKS_AT_ONCE) {
    const some = Array.from({ length: Math.min(DISKS_AT_ONCE, disks - from) }, (_, at) => from + at);
    rows.put(some.flatMap((at) => diskRows(deps, place, { at, each: snapshots / disks, policies: POLICIES })));
  }
  rows.end();
  return text;
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const began = performance.now();
  const value = await work();
  return { ms: performance.now() - began, value };
}

async function measure(): Promise<void> {
  const handle = createHandler(service, log);
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${loaded.value}` };
  const event = { headers, rawPath: '/graphql', rawQueryString: '', body: JSON.stringify({ query: QUERY }) };
  const http = { method: 'POST', path: '/graphql', protocol: 'HTTP/1.1', sourceIp: '::1', userAgent: 'bench' };
  const ask = async () => (await handle({ ...event, isBase64Encoded: false, requestContext: { http } } as never)).body;
  const first = await timed(ask);
  console.log(`the first call: ${first.ms.toFixed(0)} ms: ${first.value}`);
  const counted = await timed(() => sweepOverviews(service, FOREVER));
  console.log(`counting everything: ${counted.ms.toFixed(0)} ms, ${JSON.stringify(counted.value)}`);
  const swept = await timed(() => sweepWatch(service, FOREVER));
  console.log(`a round that looks at all disks: ${(swept.ms / 1000).toFixed(1)} s, ${JSON.stringify(swept.value)}`);
  const took: number[] = [];
  const before = process.cpuUsage();
  for (let call = 0; call < CALLS; call++) took.push((await timed(ask)).ms);
  const cpu = process.cpuUsage(before);
  const cpuMs = ((cpu.user + cpu.system) / 1000 / CALLS).toFixed(1);
  const sorted = took.toSorted((a, b) => a - b);
  const [median, most] = [sorted[CALLS >> 1], sorted.at(-1)].map((ms) => ms?.toFixed(1));
  console.log(
    `an overview, of ${CALLS}: median ${median} ms, most ${most} ms, ${cpuMs} ms of CPU each, store included: ${await ask()}`,
  );
  const again = await timed(() => recount(service, { accountId: ACCOUNT, region: REGION }));
  console.log(
    `counting again: ${again.ms.toFixed(0)} ms at ${isoTime(systemClock.now())}, ${JSON.stringify(again.value)}`,
  );
}

try {
  await measure();
} finally {
  await catalogue.close();
  rmSync(folder, { recursive: true, force: true });
}
