import { expect, test } from 'vitest';
import { newBlocksEntity } from '../../src/engine/books/new-blocks.ts';
import * as books from '../../src/engine/books/rows.ts';
import type { Entity } from '../../src/platform/catalogue/entity.ts';
import { printQuery, printWrite } from '../../src/platform/catalogue/expressions.ts';
import type { AnyCondition, Write } from '../../src/platform/catalogue/port.ts';
import { tokenEntity } from '../../src/service/calls/once.ts';
import * as accounts from '../../src/service/model/accounts/rows.ts';
import * as audit from '../../src/service/model/audit/rows.ts';
import * as capacity from '../../src/service/model/capacity/rows.ts';
import { chainEntity } from '../../src/service/model/chains/rows.ts';
import { clockEntity } from '../../src/service/model/clocks/rows.ts';
import { draftEntity } from '../../src/service/model/datapath/rows.ts';
import { paidUntilEntity } from '../../src/service/model/disks/paid-until.ts';
import * as disks from '../../src/service/model/disks/rows.ts';
import * as images from '../../src/service/model/images/rows.ts';
import * as instances from '../../src/service/model/instances/rows.ts';
import { jobEntity } from '../../src/service/model/jobs/rows.ts';
import * as leases from '../../src/service/model/leases/rows.ts';
import { listingEntity } from '../../src/service/model/listed/backfill-rows.ts';
import { listedEntity } from '../../src/service/model/listed/rows.ts';
import * as policies from '../../src/service/model/policies/rows.ts';
import * as runs from '../../src/service/model/policies/run-rows.ts';
import * as quotas from '../../src/service/model/quotas/rows.ts';
import { newBlocksReaderEntity } from '../../src/service/model/scrubs/new-blocks-rows.ts';
import * as scrubs from '../../src/service/model/scrubs/rows.ts';
import { expiryEntity } from '../../src/service/model/snapshots/expiry-rows.ts';
import { progressEntity } from '../../src/service/model/snapshots/progress-rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { canonical } from './stored-form.ts';

const modules = [books, accounts, audit, capacity, disks, images, instances, leases, policies, quotas, runs, scrubs];
const alone = {
  tokenEntity,
  chainEntity,
  clockEntity,
  draftEntity,
  paidUntilEntity,
  jobEntity,
  newBlocksEntity,
  newBlocksReaderEntity,
  listedEntity,
  listingEntity,
};
const ofSnapshots = { expiryEntity, progressEntity, snapshotEntity };

const entities = [...modules, alone, ofSnapshots]
  .flatMap((module) => Object.entries(module) as [string, unknown][])
  .filter(([name]) => name.endsWith('Entity'))
  .map(([, entity]) => entity as Entity)
  .toSorted((a, b) => (a.name < b.name ? -1 : 1));

type Row = Record<string, unknown>;

function sampleOf(name: string, type: string): unknown {
  if (type === 'string') return `${name} of it`;
  if (type === 'number') return name.length * 1001;
  if (type === 'boolean') return name.length % 2 === 0;
  return type === 'map' ? { key: name } : [name, { in: name }];
}

function pick(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}

/** All kinds of writes and queries of an entity, each in one line. */
function storedForm(entity: Entity): string[] {
  const types = Object.entries(entity.attributes).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const row: Row = Object.fromEntries(types.map(([name, { type }]) => [name, sampleOf(name, type)]));
  const indexes = Object.entries(entity.indexes);
  const keyNames = [...entity.primary.partition, ...entity.primary.sort];
  const indexNames = indexes.flatMap(([, index]) => [...index.partition, ...index.sort]);
  const key = pick(row, keyNames);
  const rest = Object.keys(row).filter((name) => !keyNames.includes(name) && !indexNames.includes(name));
  const numbers = rest.filter((name) => typeof row[name] === 'number');
  const scalars = rest.filter((name) => typeof row[name] !== 'object');
  const comparisons = ['=', '<>', '<', '<=', '>', '>='] as const;
  const when = scalars.map((attribute, at): AnyCondition => {
    if (at % 4 === 3) return { attribute, is: at % 8 === 3 ? 'absent' : 'present' };
    return { attribute, is: comparisons[at % comparisons.length] ?? '=', value: row[attribute] as string };
  });
  const write = (of: Write) => {
    const [[kind, params] = []] = Object.entries(printWrite('table', of));
    return `${kind}: ${canonical(params)}`;
  };
  const isSparse = indexNames.some((name) => !keyNames.includes(name));
  const outside = isSparse ? pick(row, [...keyNames, ...rest]) : row;
  const gone = indexNames.filter((name) => !keyNames.includes(name));
  const nothing = { kind: 'patch', entity, key, set: {}, add: {}, remove: [], when: [] } as const;
  const isThere = [{ attribute: keyNames[0] ?? '', is: 'present' }] as const;
  const lines = [
    write({ kind: 'put', entity, row, when: 'absent' }),
    write({ kind: 'put', entity, row: outside, when: 'any' }),
    write({ kind: 'put', entity, row: outside, when: when.slice(0, 3) }),
    write({ ...nothing, set: pick(row, [...indexNames, ...rest]), when: when.slice(0, 2) }),
    write({ ...nothing, add: pick(row, numbers) as Record<string, number>, remove: gone, when }),
    write({ kind: 'delete', entity, key, when: [] }),
    write({ kind: 'check', entity, key, when: when.length > 0 ? when : isThere }),
    ...[undefined, ...indexes.map(([name]) => name)].map((index) => {
      const { partition, sort } = (index === undefined ? undefined : entity.indexes[index]) ?? entity.primary;
      const query = { ...(index && { index }), partition: pick(row, partition), limit: 7 };
      const pages = [query, ...(sort.length === 0 ? [] : [{ ...query, after: pick(row, sort), descending: true }])];
      return `list: ${pages.map((page) => canonical(printQuery('table', entity, page))).join(' || ')}`;
    }),
  ];
  return lines.map((line) => `${entity.name} ${line}`);
}

/** Recorded with ElectroDB. A new attribute adds to the file (`vitest run -u`); the rest stays. */
test('what is stored of every entity, and asked of it, is as any version had it', async () => {
  await expect(`${entities.flatMap(storedForm).join('\n')}\n`).toMatchFileSnapshot('golden/stored-form.txt');
});
