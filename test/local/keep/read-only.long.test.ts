import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../src/local/ports.ts';
import { cliBuilt, LAUNCHER } from '../../support/launcher.ts';
import { eventually, type Running, startVarve, temporaryFolder } from '../running.ts';

const TIMEOUT = { timeout: 400_000 };

beforeAll(cliBuilt);

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function varve(data: string, ...words: readonly string[]): Promise<Ended> {
  const args = [LAUNCHER, ...words, '--json', '--quiet', '--data', data];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
    return { code: 0, stdout, stderr };
  } catch (error) {
    return error as Ended;
  }
}

const start = async (data: string) => {
  const running = startVarve(['--data', data, '--port', `${await freePort()}`]);
  await running.ready();
  return running;
};
const end = async (running: Running, signal: NodeJS.Signals) => {
  process.kill(running.pid, signal);
  await running.exit();
};
const notes = (data: string) => JSON.parse(readFileSync(join(data, 'keeping.json'), 'utf8'));
const isChecked = (data: string) => () => notes(data).check !== undefined && !existsSync(join(data, 'check'));

/**
 * Swaps two entries of an index that only lists go by: SQLite reads on, and finds rows in no order.
 */
function damageAnIndex(data: string): void {
  const path = join(data, 'catalogue.sqlite');
  const db = new DatabaseSync(path);
  const { rootpage } = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'gsi2'").get() as {
    rootpage: number;
  };
  const { page_size: pageBytes } = db.prepare('PRAGMA page_size').get() as { page_size: number };
  db.close();
  const bytes = readFileSync(path);
  const at = (rootpage - 1) * pageBytes;
  expect(bytes[at]).toBe(10); // a leaf
  const [first, second] = [bytes.readUInt16BE(at + 8), bytes.readUInt16BE(at + 10)];
  bytes.writeUInt16BE(second, at + 8);
  bytes.writeUInt16BE(first, at + 10);
  writeFileSync(path, bytes);
}

describe('the check of the catalogue in the background', () => {
  it('runs at once after kill -9, and not again the same day after a clean end', TIMEOUT, async () => {
    using folder = temporaryFolder();
    const data = join(folder.path, 'data');
    await using first = await start(data);
    await end(first, 'SIGKILL');
    const { check: before, ...rest } = notes(data);
    expect(rest).not.toHaveProperty('endedAt');
    await using second = await start(data);
    await eventually(() => isChecked(data)() && notes(data).check.at !== before?.at);
    expect(notes(data).check.damage).toBeUndefined();
    await end(second, 'SIGTERM');
    const { check, endedAt } = notes(data);
    expect(typeof endedAt).toBe('string');
    await using third = await start(data);
    expect((await varve(data, 'disk', 'list')).code).toBe(0);
    await end(third, 'SIGTERM');
    expect(notes(data).check).toEqual(check);
  });

  it('damage makes the service read-only, which says what to run, until it was rebuilt', TIMEOUT, async () => {
    using folder = temporaryFolder();
    const data = join(folder.path, 'data');
    const image = join(folder.path, 'image');
    writeFileSync(image, randomBytes(1024 * 1024));
    await using first = await start(data);
    for (let at = 0; at < 3; at++) await varve(data, 'disk', 'create', `empty-${at}`, '--size', '1MiB');
    expect((await varve(data, 'disk', 'import', image, '--name', 'full')).code).toBe(0);
    await varve(data, 'service', 'open', '--accept-terms');
    await varve(data, 'snapshot', 'create', 'full'); // its manifest is written at once
    await eventually(() => existsSync(join(data, 'objects/manifests')));
    await end(first, 'SIGTERM');
    damageAnIndex(data);
    const known = notes(data);
    writeFileSync(join(data, 'keeping.json'), JSON.stringify({ ...known, endedAt: undefined }));

    await using second = await start(data);
    await eventually(() => notes(data).check?.damage !== undefined);
    const sentence = `run "npx varve rebuild --from-bucket --data ${data}"`;
    const refused = await varve(data, 'disk', 'create', 'more', '--size', '1MiB');
    expect(JSON.parse(refused.stderr).error).toMatchObject({
      code: 'ReadOnly',
      message: expect.stringContaining(sentence),
    });
    expect(refused.code).toBe(5);
    const operator = await varve(data, 'account', 'create', 'team-b');
    expect(JSON.parse(operator.stderr).error.code).toBe('ReadOnly');
    expect(JSON.parse((await varve(data, 'status')).stdout).readOnly).toContain(sentence);
    expect((await varve(data, 'disk', 'list')).code).toBe(0);
    expect(readFileSync(join(data, 'logs/varve.log'), 'utf8')).toContain('npx varve rebuild');
    await end(second, 'SIGTERM');

    // Known from the first moment of the next run.
    await using third = await start(data);
    expect(JSON.parse((await varve(data, 'disk', 'create', 'more', '--size', '1MiB')).stderr).error.code).toBe(
      'ReadOnly',
    );
    await end(third, 'SIGTERM');

    const rebuilt = await varve(data, 'rebuild', '--from-bucket');
    expect(rebuilt.stderr).toBe('');
    await using fourth = await start(data);
    expect((await varve(data, 'disk', 'create', 'new', '--size', '1MiB')).code).toBe(0);
    await end(fourth, 'SIGTERM');
    rmSync(image);
  });
});
