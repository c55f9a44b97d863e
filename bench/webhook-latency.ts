/**
 * How soon events reach a webhook: `node bench/webhook-latency.ts [SNAPSHOTS]`, on the embedded
 * stores. One account takes snapshots, one after the other. A receiver on this machine notes when
 * each event arrives, beside one that never answers.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchError } from './bench-error.ts';
import { startEmbedded } from './heavy/installations.ts';

const SNAPSHOTS = Number(process.argv[2] ?? 200);
const [DISKS, PAUSE_MS, WAIT_MS] = [8, 20, 30_000];
process.env.VARVE_WEBHOOK_ALLOW = '127.0.0.0/8';
process.env.VARVE_WEBHOOK_ALLOW_HTTP = '1';

type Answer = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const folder = mkdtempSync(join(tmpdir(), 'varve-latency-'));
const { url, adminKey, stop } = await startEmbedded(folder);

async function ask(query: string, variables: object = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = (await response.json()) as { data: Answer; errors?: unknown };
  if (errors !== undefined) throw new BenchError(JSON.stringify(errors));
  return data;
}

const arrived = new Map<string, number>();
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (piece: Buffer) => {
    body += piece.toString('utf8');
  });
  request.on('end', () => {
    const { subject } = JSON.parse(body) as { subject: { id: string } };
    if (!arrived.has(subject.id)) arrived.set(subject.id, performance.now());
    response.writeHead(204).end();
  });
});
const silent = createServer(() => undefined);
await Promise.all(
  [receiver, silent].map((server) => new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))),
);
const urlOf = (server: typeof receiver) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

async function measure(): Promise<void> {
  const OPEN = 'mutation ($terms: String!) { openSnapshotService(input: { acceptedTerms: $terms }) { __typename } }';
  const { snapshotService } = await ask('{ snapshotService { currentTerms } }');
  await ask(OPEN, { terms: snapshotService?.currentTerms });
  const ADD = 'mutation ($url: String!) { createWebhook(input: { url: $url }) { __typename } }';
  for (const server of [receiver, silent]) await ask(ADD, { url: urlOf(server) });
  const disks: string[] = [];
  for (let at = 0; at < DISKS; at++) {
    const made = await ask('mutation { createDisk(input: { sizeBytes: 1048576 }) { disk { id } } }');
    disks.push((made.createDisk as { disk: { id: string } }).disk.id);
  }
  const answered = new Map<string, number>();
  for (let at = 0; at < SNAPSHOTS; at++) {
    const input = { diskId: disks[at % DISKS] };
    const CREATE = 'mutation ($input: CreateSnapshotInput!) { createSnapshot(input: $input) { snapshot { id } } }';
    const { createSnapshot } = await ask(CREATE, { input });
    answered.set((createSnapshot as { snapshot: { id: string } }).snapshot.id, performance.now());
    await sleep(PAUSE_MS);
  }
  for (let waited = 0; waited < WAIT_MS && arrived.size < SNAPSHOTS; waited += 100) await sleep(100);
  const ms = [...answered].map(([id, at]) => (arrived.get(id) ?? Number.POSITIVE_INFINITY) - at).sort((a, b) => a - b);
  const part = (share: number) => (ms[Math.ceil(ms.length * share) - 1] ?? 0).toFixed(0);
  console.log(`${ms.length} events: p50 ${part(0.5)} ms, p99 ${part(0.99)} ms, longest ${part(1)} ms`);
}

try {
  await measure();
} finally {
  for (const server of [receiver, silent]) {
    server.closeAllConnections();
    server.close();
  }
  await stop();
  rmSync(folder, { recursive: true, force: true });
}
