import { expect, test } from 'vitest';
import { entryEntity, objectEntity } from '../../src/engine/books/rows.ts';
import { createLedgerWorker } from '../../src/engine/ledger/ledger-worker.ts';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import type { TransactResult } from '../../src/platform/catalogue/port.ts';
import { blockId } from '../support/block-contents.ts';
import { createEngineHarness, type EngineHarness, findFaults } from '../support/engine-harness.ts';
import { interleave } from '../support/interleaver.ts';

const accountId = 'acc';
const domain = { domainId: 'dom', regionId: 'r' };
const WRITERS = 8;

/** So many disks, all with the same block and, since it is all that they have, the same page. */
async function disksWithOneBlock(count: number): Promise<EngineHarness> {
  const harness = createEngineHarness(5);
  await harness.storeBlocks(domain.domainId, [blockId(1)]);
  for (let at = 0; at < count; at++) {
    const nodeId = `d-${at}`;
    await harness.tree.createHead({ accountId, nodeId, ...domain, chainId: nodeId }, []);
    await commit(harness.deps, nodeId);
  }
  return harness;
}

const commit = (deps: EngineHarness['deps'], headId: string) =>
  createVersionTree(deps).commit({
    accountId,
    headId,
    expectedVersion: 0,
    writes: [{ index: 0, id: blockId(1) }],
    trims: [],
  });

const countOf = (harness: EngineHarness) =>
  harness.catalogue.rows(objectEntity).find(({ id }) => id === blockId(1))?.refs;

/** Refused transactions, of all that were tried. */
function counting(harness: EngineHarness) {
  const told = { all: 0, refused: 0 };
  const transact = async (...args: Parameters<typeof harness.catalogue.transact>): Promise<TransactResult> => {
    const outcome = await harness.catalogue.transact(...args);
    told.all++;
    if (!outcome.ok) told.refused++;
    return outcome;
  };
  return { told, catalogue: { ...harness.catalogue, transact } };
}

test('I3: a block that 10,000 disks have stalls neither commits nor the ledger', async () => {
  const harness = await disksWithOneBlock(10_000);
  expect(countOf(harness)).toBe(10_000);
  for (let at = 0; at < 400; at++) await harness.tree.release({ accountId, nodeId: `d-${at}` }, []);
  const more = Array.from({ length: 200 }, (_, at) => `more-${at}`);
  for (const nodeId of more) await harness.tree.createHead({ accountId, nodeId, ...domain, chainId: nodeId }, []);
  const { told, catalogue } = counting(harness);
  const entries = harness.catalogue.rows(entryEntity).filter(({ kind }) => kind === 'REMOVAL');
  expect(entries).toHaveLength(400);
  const share = <T>(list: readonly T[], writer: number) => list.filter((_, at) => at % WRITERS === writer);
  await interleave(
    3,
    { catalogue, objects: harness.objects },
    Array.from({ length: WRITERS }, (_, writer) => async (ports) => {
      const deps = { ...harness.deps, catalogue: ports.catalogue, objects: () => ports.objects };
      const worker = createLedgerWorker(deps);
      for (const { shard, id } of share(entries, writer))
        expect(await worker.run(shard, id, Number.POSITIVE_INFINITY)).toBe('done');
      for (const nodeId of share(more, writer)) await commit(deps, nodeId);
    }),
    () => undefined,
  );
  expect(countOf(harness)).toBe(10_000 - 400 + 200);
  // Adding and taking away commute: nobody is in anybody's way, whatever the order. A release is a
  // step and an end.
  expect(told).toEqual({ all: 2 * 400 + 200, refused: 0 });
  await harness.settle();
  expect(await findFaults(harness)).toEqual([]);
}, 120_000);
