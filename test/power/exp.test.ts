import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, vi } from 'vitest';
import { freePort } from '../../src/local/ports.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { createAcknowledged } from './acknowledged.ts';
import { emptyFileSystem, startPowerMachine } from './power-machine.ts';
import { replay } from './power-cut.ts';
import { runWorkload } from './workload.ts';
import { forkPatched, startServerProcess } from './server-process.ts';
vi.setConfig({ testTimeout: 400_000 });
test('x', async () => {
  const folder = await mkdtemp('/dev/shm/varve-power-');
  const contents = await emptyFileSystem(join(folder, 'empty'), 64 * 1024 * 1024);
  const m = await startPowerMachine(folder, contents);
  let t0 = performance.now();
  const lap = (what: string) => { console.log(what, Math.round(performance.now() - t0), 'ms', m.device.told.length); t0 = performance.now(); };
  const port = await freePort();
  const server = await startServerProcess({ folder: join(m.mounted, 'data'), port, reclaimGraceMs: 300 });
  lap('start');
  const acknowledged = createAcknowledged(() => m.device.told.length);
  const random = seededRandom(1);
  const blocks = new Map();
  try { await runWorkload({ acknowledged, blocks, says: server, folder, random }); }
  finally { lap('workload'); await server.kill(); await m[Symbol.asyncDispose](); lap('down'); }
  const bytes = m.device.told.reduce((s, t) => s + (t.kind === 'write' ? t.data.length : 0), 0);
  console.log('bytes', bytes, 'flushes', m.device.told.filter((t) => t.kind === 'flush').length, 'moments', acknowledged.moments().length, 'blocks', blocks.size);
  const child = forkPatched('check-main.ts', []);
  const r = replay(contents, m.device.told);
  lap('x');
  for (let i = 1; i <= 10; i++) {
    const position = Math.floor(m.device.told.length * i / 10);
    const image = join(folder, `cut-${i}`);
    await writeFile(image, r.cutAt(position, random));
    lap('image');
    child.send({ image, folder: 'data', expected: acknowledged.at(position), sent: [], apiKey: undefined });
    const [report] = await once(child, 'message');
    lap('check');
    console.log(position, JSON.stringify(report).slice(0, 2000));
    await rm(image);
  }
  child.disconnect();
  await rm(folder, { recursive: true });
});
