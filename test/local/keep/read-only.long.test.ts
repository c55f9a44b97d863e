import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it } from 'vitest';
import { cliBuilt } from '../../support/launcher.ts';
import { eventually, temporaryFolder } from '../running.ts';
import { ended, refusal, started, tryVarve, varve } from './installation.ts';

const TIMEOUT = { timeout: 400_000 };

beforeAll(cliBuilt);

const notes = (data: string) => JSON.parse(readFileSync(join(data, 'keeping.json'), 'utf8'));
const isChecked = (data: string) => () => notes(data).check !== undefined && !existsSync(join(data, 'check'));

/**
 * Swaps two entries of an index that only lists go by: SQLite reads on, and finds rows in no order.
 */
function damageAnIndex(data: string): void {
  const path = join(data, 'catalogue.sqlite');
  const db = new DatabaseSync(path);
  const place = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'gsi2'").get();
  const { rootpage } = place as { rootpage: number };
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
    await using first = await started(data);
    await ended(first, 'SIGKILL');
    const { check: before, ...rest } = notes(data);
    expect(rest).not.toHaveProperty('endedAt');
    await using second = await started(data);
    await eventually(() => isChecked(data)() && notes(data).check.at !== before?.at);
    expect(notes(data).check.damage).toBeUndefined();
    await ended(second);
    const { check, endedAt } = notes(data);
    expect(typeof endedAt).toBe('string');
    await using third = await started(data);
    await varve(data, 'disk', 'list');
    await ended(third);
    expect(notes(data).check).toEqual(check);
  });

  it('damage makes the service read-only, which says what to run, until it was rebuilt', TIMEOUT, async () => {
    using folder = temporaryFolder();
    const data = join(folder.path, 'data');
    const image = join(folder.path, 'image');
    writeFileSync(image, randomBytes(1024 * 1024));
    await using first = await started(data);
    for (let at = 0; at < 3; at++) await varve(data, 'disk', 'create', `empty-${at}`, '--size', '1MiB');
    await varve(data, 'disk', 'import', image, '--name', 'full');
    await varve(data, 'service', 'open', '--accept-terms');
    await varve(data, 'snapshot', 'create', 'full'); // its manifest is written at once
    await eventually(() => existsSync(join(data, 'objects/manifests')));
    await ended(first);
    damageAnIndex(data);
    const known = notes(data);
    writeFileSync(join(data, 'keeping.json'), JSON.stringify({ ...known, endedAt: undefined }));

    await using second = await started(data);
    await eventually(() => notes(data).check?.damage !== undefined);
    const sentence = `run "npx varve rebuild --from-bucket --data ${data}"`;
    const refused = await tryVarve(data, ['disk', 'create', 'more', '--size', '1MiB']);
    expect(JSON.parse(refused.stderr).error).toMatchObject({
      code: 'ReadOnly',
      message: expect.stringContaining(sentence),
    });
    expect(refused.code).toBe(5);
    expect((await refusal(data, 'account', 'create', 'team-b')).code).toBe('ReadOnly');
    expect((await varve(data, 'status')).readOnly).toContain(sentence);
    await varve(data, 'disk', 'list');
    expect(readFileSync(join(data, 'logs/varve.log'), 'utf8')).toContain('npx varve rebuild');
    await ended(second);

    // Known from the first moment of the next run.
    await using third = await started(data);
    expect((await refusal(data, 'disk', 'create', 'more', '--size', '1MiB')).code).toBe('ReadOnly');
    await ended(third);

    await varve(data, 'rebuild', '--from-bucket');
    await using fourth = await started(data);
    await varve(data, 'disk', 'create', 'new', '--size', '1MiB');
    await ended(fourth);
    rmSync(image);
  });
});
