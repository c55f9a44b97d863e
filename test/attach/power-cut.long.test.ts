import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { type AttachHarness, createAttachHarness, createSnapshot, never, readAll, SMALL } from '../support/attach.ts';
import { FileDurability } from '../support/file-durability.ts';
import { toldRandom } from '../support/fuzz-seed.ts';
import { DISK_BYTES, lastOf, writeNumbered } from '../support/numbered-writes.ts';

vi.setConfig({ testTimeout: 240_000 });

let harness: AttachHarness;
beforeAll(async () => {
  harness = await createAttachHarness();
});
afterAll(() => harness.close());

const CHILD = join(import.meta.dirname, '../support/attach-child.ts');

interface Acknowledged {
  readonly written: number;
  readonly flushed: number;
}

/**
 * Runs the child until it has lived for `ms` after it was attached, kills it, and tells what it had
 * acknowledged.
 */
async function killedAfter(id: string, durability: string, first: number, ms: number): Promise<Acknowledged> {
  const { server, account, folder } = harness;
  const args = ['--throw-deprecation', CHILD, id, server.url, account.key, folder, durability, String(first)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const attached = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (/^attached$/m.test(output)) resolve();
    });
  });
  const ended = once(child, 'close');
  await Promise.race([attached, ended]);
  await new Promise((resolve) => setTimeout(resolve, ms));
  child.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
  const lines = output.split('\n').map((line) => line.split(' '));
  const last = (word: string) => Number(lines.findLast(([first]) => first === word)?.[1] ?? first - 1);
  expect(lines.some(([word, kind]) => word === 'event' && kind !== 'REPLAYED')).toBe(false);
  return { written: last('written'), flushed: last('flushed') };
}

/** The contents that a snapshot sees at this moment. */
async function committedContents(id: string): Promise<Buffer> {
  const { api, account } = harness;
  // Whoever held the disk is dead and does not answer: after a while the committed state is taken
  // without it.
  api.clock.advance(60_000);
  const snapshot = await createSnapshot(account, id);
  const { device } = await harness.attach(snapshot, { readOnly: true });
  const contents = await readAll(device, 0, DISK_BYTES);
  await device.close();
  return contents;
}

describe.each(['remote', 'local'] as const)('9.3: kill -9 at any moment, %s', (durability) => {
  test('everything acknowledged is there, and what a snapshot sees is a state that the disk has had', async () => {
    const id = await harness.createDisk(DISK_BYTES);
    const random = toldRandom();
    let next = 1;
    // Three times, and until there was time for some writes.
    for (let round = 0; round < 3 || next <= 5; round++) {
      const { written, flushed } = await killedAfter(id, durability, next, 100 + random() * 900);
      const seen = lastOf(await committedContents(id));
      if (durability === 'remote') expect(seen).toBeGreaterThanOrEqual(flushed);
      const { device, events } = await harness.attach(id, { durability });
      expect(events.filter(({ kind }) => kind !== 'REPLAYED')).toEqual([]);
      const last = lastOf(await readAll(device, 0, DISK_BYTES));
      expect(last).toBeGreaterThanOrEqual(written);
      expect(last).toBeGreaterThanOrEqual(seen);
      await device.close();
      expect(lastOf(await committedContents(id))).toBe(last);
      next = last + 1;
    }
  });
});

/** Nothing is committed before the cut, or as much as there is time for. */
const PACES = [{ writeBackMs: 60_000 }, { writeBackMs: 0, quietMs: 0 }];

test('9.3: a power cut keeps what was flushed to the local journal, whatever it does to the rest', async () => {
  const random = toldRandom();
  for (let round = 0; round < 8; round++) {
    const durability = await FileDurability.watch();
    const id = await harness.createDisk(DISK_BYTES);
    const limits = { ...SMALL, generationBytes: 48 * 1024, ...PACES[round % PACES.length] };
    const first = await harness.attach(id, { durability: 'local', limits });
    let flushed = 0;
    const count = 10 + Math.floor(random() * 40);
    for (let number = 1; number <= count; number++) {
      await writeNumbered(first.device, number, never);
      // Long enough for some layers to be committed and freed.
      if (random() < 0.2) await new Promise((resolve) => setTimeout(resolve, 60 * random()));
      if (random() > 0.3) continue;
      await first.device.flush(never);
      flushed = number;
    }
    await new Promise((resolve) => setTimeout(resolve, 300 * random()));
    const folder = join(harness.folder, 'state', id);
    const [journal] = (await readdir(folder)).filter((name) => name.startsWith('journal-'));
    await first.kill();
    durability.stop();
    await durability.cutPower(join(folder, journal as string), random);
    const second = await harness.attach(id, { durability: 'local' });
    expect(second.events.filter(({ kind }) => kind !== 'REPLAYED')).toEqual([]);
    const last = lastOf(await readAll(second.device, 0, DISK_BYTES));
    expect(last).toBeGreaterThanOrEqual(flushed);
    expect(last).toBeLessThanOrEqual(count);
    await second.device.close();
  }
});

test('numbered writes notice a barrier that was broken', () => {
  const contents = Buffer.alloc(DISK_BYTES);
  expect(lastOf(contents)).toBe(0);
  contents.writeUInt32LE(1, BLOCK_BYTES);
  expect(lastOf(contents)).toBe(0);
  const torn = Buffer.from(contents);
  torn.fill(1, 512, 1000);
  expect(() => lastOf(torn)).toThrow('torn');
});
