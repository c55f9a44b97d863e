import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { adviceOnMoved, note, readNotes } from '../../../src/local/keep/notes.ts';
import { watchMoved } from '../../../src/local/server/moved-watch.ts';
import { put } from '../../../src/platform/catalogue/port.ts';
import { createLog } from '../../../src/platform/log.ts';
import { chainEntity } from '../../../src/service/model/chains/rows.ts';
import { placeToVerify } from '../../../src/service/model/chains/verify-place.ts';
import { createMemoryCatalogue } from '../../support/memory-catalogue.ts';
import { eventually, temporaryFolder } from '../running.ts';

const MOVED = '2026-11-30T00:00:00.000Z';
const [BEFORE, AFTER] = ['2026-11-29T23:00:00.000Z', '2026-11-30T01:00:00.000Z'];
const DAY_MS = 86_400_000;

const chainVerifiedAt = (at: string) =>
  put(
    chainEntity,
    {
      accountId: 'local',
      id: 'd-1',
      region: 'eu-central-1',
      createdAt: BEFORE,
      manualCount: 0,
      autoCount: 0,
      diskReleased: false,
      ...placeToVerify('d-1', at),
    },
    'any',
  );

it('says once that what is left of a move may be deleted, when everything has been read back', async () => {
  using folder = temporaryFolder();
  const { path } = folder;
  mkdirSync(join(path, 'objects'));
  note(path, (notes) => ({ ...notes, moved: { from: 'folder', at: MOVED } }));
  expect(adviceOnMoved(readNotes(path), path, Date.now())).toContain('Keep them until');
  const catalogue = createMemoryCatalogue();
  await catalogue.transact([chainVerifiedAt(BEFORE)]);
  const lines: string[] = [];
  const log = createLog({ level: 'info', clock: { now: () => 0 }, write: (line) => lines.push(line) });
  const watch = watchMoved({ folder: path, catalogue, region: 'eu-central-1', log }, 1);
  await catalogue.transact([chainVerifiedAt(AFTER)]);
  await eventually(() => lines.length > 0);
  watch.stop();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('may be deleted');
  expect(adviceOnMoved(readNotes(path), path, Date.now())).toContain(`${path}/objects`);
  rmSync(join(path, 'objects'), { recursive: true });
  expect(adviceOnMoved(readNotes(path), path, Date.now())).toBeUndefined();
});

it('says it of a bucket for a week', () => {
  const moved = { from: 's3://bucket', at: MOVED, verifiedAt: AFTER };
  const at = (days: number) => adviceOnMoved({ moved }, '/d', Date.parse(AFTER) + days * DAY_MS);
  expect([at(0), at(6), at(8)]).toEqual([
    expect.stringContaining('s3://bucket before'),
    expect.stringContaining('may be deleted'),
    undefined,
  ]);
});
