import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { damageEntity } from '../../../src/engine/books/rows.ts';
import { adviceOn, findEarlierFiles, noteEarlierFiles } from '../../../src/local/folder/earlier-files.ts';
import { isReadBack, watchEarlierFiles } from '../../../src/local/server/earlier-files-watch.ts';
import { type Catalogue, put } from '../../../src/platform/catalogue/port.ts';
import { createLog } from '../../../src/platform/log.ts';
import { type ChainRow, chainEntity } from '../../../src/service/model/chains/rows.ts';
import { placeToVerify } from '../../../src/service/model/chains/verify-place.ts';
import { createMemoryCatalogue } from '../../support/memory-catalogue.ts';
import { eventually, temporaryFolder } from '../running.ts';

const TAKEN = '2026-11-30T00:00:00.000Z';
const [BEFORE, AFTER] = ['2026-11-29T23:00:00.000Z', '2026-11-30T01:00:00.000Z'];

function chain(id: string, verifiedAt: string): ChainRow {
  const place = placeToVerify(id, verifiedAt);
  const counts = { manualCount: 0, autoCount: 0, diskReleased: false };
  return { accountId: 'local', id, region: 'local', createdAt: BEFORE, ...counts, ...place };
}

async function catalogueWith(...chains: readonly ChainRow[]): Promise<Catalogue> {
  const catalogue = createMemoryCatalogue();
  for (const one of chains) await catalogue.transact([put(chainEntity, one, 'any')]);
  return catalogue;
}

async function damage(catalogue: Catalogue, healedAt: number | undefined): Promise<void> {
  const place = { accountId: 'local', regionId: 'local', domainId: 'd', objectId: 'o' };
  const found = { reason: 'hash', isPage: false, sealed: false, foundAt: 1, places: [] };
  await catalogue.transact([put(damageEntity, { ...place, ...found, ...(healedAt && { healedAt }) }, 'any')]);
}

describe('everything has been read back since a folder was taken over', () => {
  it('if every chain has been, and not before', async () => {
    expect(await isReadBack(await catalogueWith(), TAKEN)).toBe(true);
    const some = Array.from({ length: 20 }, (_, at) => chain(`d-${at}`, AFTER));
    expect(await isReadBack(await catalogueWith(...some), TAKEN)).toBe(true);
    expect(await isReadBack(await catalogueWith(...some, chain('d-x', BEFORE)), TAKEN)).toBe(false);
  });

  it('if nothing is damaged', async () => {
    const catalogue = await catalogueWith(chain('d-1', AFTER));
    await damage(catalogue, undefined);
    expect(await isReadBack(catalogue, TAKEN)).toBe(false);
    await damage(catalogue, 2);
    expect(await isReadBack(catalogue, TAKEN)).toBe(true);
  });
});

describe('what an earlier version left', () => {
  it('may be deleted once everything has been read back, which the log says once', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'earlier');
    expect(findEarlierFiles(folder.path)).toBeUndefined();
    mkdirSync(path);
    noteEarlierFiles({ path, takenOverAt: TAKEN });
    expect(adviceOn({ path, takenOverAt: TAKEN })).toContain('Keep it until');
    const lines: string[] = [];
    const log = createLog({ level: 'info', clock: { now: () => 0 }, write: (line) => lines.push(line) });
    const catalogue = await catalogueWith(chain('d-1', BEFORE));
    const watch = watchEarlierFiles({ folder: folder.path, catalogue, log }, 1);
    await catalogue.transact([put(chainEntity, chain('d-1', AFTER), 'any')]);
    await eventually(() => lines.length > 0);
    watch.stop();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('you may delete it');
    const kept = findEarlierFiles(folder.path);
    expect(kept).toMatchObject({ path, takenOverAt: TAKEN, verifiedAt: expect.any(String) });
    expect(kept && adviceOn(kept)).toContain('you may delete it');
  });

  it('is known by its folder though its note was lost with the power', () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'earlier');
    mkdirSync(path);
    writeFileSync(join(path, 'taken-over.json'), '');
    expect(findEarlierFiles(folder.path)).toEqual({ path, takenOverAt: expect.stringMatching(/^20/) });
  });
});
