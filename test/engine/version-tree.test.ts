import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ObjectId, objectKey, type Root } from '../../src/engine/block.ts';
import { objectEntity } from '../../src/engine/rows.ts';
import { applyNaively, type Contents, trims, writes } from '../support/block-contents.ts';
import { createEngineHarness, type EngineHarness, findFaults, placesOf } from '../support/engine-harness.ts';

const ACCOUNT = 'acc';
const DOMAIN = 'dom';

/** Steps name what they act on by a number that is taken modulo what there is, so that every sequence makes sense. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('commit' as const), on: fc.nat(), writes, trims }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('snapshot' as const), on: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remove' as const), on: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rollback' as const), on: fc.nat(), to: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('clone' as const), on: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), on: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('openDraft' as const), on: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('commitToDraft' as const), on: fc.nat(), writes, trims }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('adoptDraft' as const), on: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('discardDraft' as const), on: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reclaim' as const), hours: fc.constantFrom(0, 1, 30) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('orphans' as const), writes }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Head {
  contents: Contents;
  version: number;
  /** DRAFT: the disk it is for, and that disk's version at the time. */
  disk?: string;
  baseVersion?: number;
}

class Model {
  readonly heads = new Map<string, Head>();
  readonly drafts = new Map<string, Head>();
  readonly snapshots = new Map<string, { contents: Contents; disk: string }>();
  private made = 0;

  name(prefix: string): string {
    this.made++;
    return `${prefix}-${String(this.made).padStart(4, '0')}`;
  }

  pick<T>(from: ReadonlyMap<string, T>, at: number): [string, T] | undefined {
    const entries = [...from];
    return entries.length === 0 ? undefined : entries[at % entries.length];
  }
}

async function play(harness: EngineHarness, model: Model, step: Step): Promise<void> {
  const { tree } = harness;
  const accountId = ACCOUNT;
  switch (step.do) {
    case 'commit':
    case 'commitToDraft': {
      const picked = model.pick(step.do === 'commit' ? model.heads : model.drafts, step.on);
      if (picked === undefined) return;
      const [headId, head] = picked;
      await harness.storeBlocks(
        DOMAIN,
        step.writes.map(({ id }) => id),
      );
      const result = await tree.commit({
        accountId,
        headId,
        expectedVersion: head.version,
        writes: step.writes,
        trims: step.trims,
      });
      const stale = tree.commit({
        accountId,
        headId,
        expectedVersion: head.version + 7,
        writes: [],
        trims: [{ start: 0, count: 9 }],
      });
      await expect(stale).rejects.toMatchObject({ code: 'VersionConflict' });
      head.contents = applyNaively(head.contents, step);
      head.version = result.version;
      return;
    }
    case 'snapshot': {
      const picked = model.pick(model.heads, step.on);
      if (picked === undefined) return;
      const snapshotId = model.name('s');
      await tree.snapshot({ accountId, headId: picked[0], snapshotId }, () => []);
      model.snapshots.set(snapshotId, { contents: picked[1].contents, disk: picked[0] });
      return;
    }
    case 'remove': {
      const picked = model.pick(model.snapshots, step.on);
      if (picked === undefined) return;
      await tree.remove({ accountId, nodeId: picked[0] }, []);
      model.snapshots.delete(picked[0]);
      return;
    }
    case 'rollback': {
      const picked = model.pick(model.heads, step.on);
      const target = model.pick(new Map([...model.snapshots].filter(([, { disk }]) => disk === picked?.[0])), step.to);
      if (picked === undefined || target === undefined) return;
      const result = await tree.rollback({ accountId, headId: picked[0], toId: target[0] }, []);
      if (!result.ok) throw new Error('refused');
      picked[1].contents = target[1].contents;
      picked[1].version = result.value.version;
      return;
    }
    case 'clone': {
      const picked = model.pick(model.snapshots, step.on);
      const nodeId = model.name('d');
      const from = picked === undefined ? {} : { fromId: picked[0] };
      await tree.createHead({ accountId, nodeId, domainId: DOMAIN, regionId: 'r', chainId: nodeId, ...from }, []);
      model.heads.set(nodeId, { contents: picked?.[1].contents ?? new Map(), version: 0 });
      return;
    }
    case 'release': {
      if (model.heads.size < 2) return;
      const picked = model.pick(model.heads, step.on);
      if (picked === undefined) return;
      await tree.release({ accountId, nodeId: picked[0] }, []);
      model.heads.delete(picked[0]);
      return;
    }
    case 'openDraft': {
      const picked = model.pick(model.heads, step.on);
      if (picked === undefined) return;
      const draftId = model.name('dr');
      const [headId, head] = picked;
      await tree.openDraft({ accountId, headId, draftId, expectedVersion: head.version }, []);
      model.drafts.set(draftId, { contents: head.contents, version: 0, disk: headId, baseVersion: head.version });
      return;
    }
    case 'adoptDraft': {
      const picked = model.pick(model.drafts, step.on);
      if (picked === undefined) return;
      const [draftId, draft] = picked;
      const head = model.heads.get(draft.disk ?? '');
      const adopted = tree.adoptDraft({ accountId, headId: draft.disk ?? '', draftId }, []);
      if (head === undefined || head.version !== draft.baseVersion) {
        await expect(adopted).rejects.toMatchObject({ code: head === undefined ? 'NotFound' : 'VersionConflict' });
        return;
      }
      const result = await adopted;
      if (!result.ok) throw new Error('refused');
      head.contents = draft.contents;
      head.version = result.value.version;
      model.drafts.delete(draftId);
      return;
    }
    case 'discardDraft': {
      const picked = model.pick(model.drafts, step.on);
      if (picked === undefined) return;
      await tree.release({ accountId, nodeId: picked[0] }, []);
      model.drafts.delete(picked[0]);
      return;
    }
    case 'settle':
      await harness.settle();
      return;
    case 'orphans':
      await harness.storeBlocks(
        DOMAIN,
        step.writes.map(({ id }) => id),
      );
      return;
    case 'reclaim':
      await harness.reclaim(step.hours);
  }
}

async function contentsOf(harness: EngineHarness, nodeId: string): Promise<[number, ObjectId][]> {
  const node = await harness.tree.get(ACCOUNT, nodeId);
  const places = await placesOf(harness, DOMAIN, (node?.root ?? 'empty') as Root);
  return [...places].filter(([place]) => place.startsWith('0/')).map(([place, id]) => [Number(place.slice(2)), id]);
}

async function expectContents(harness: EngineHarness, model: Model): Promise<void> {
  for (const [nodeId, { contents }] of [...model.heads, ...model.drafts, ...model.snapshots]) {
    expect(await contentsOf(harness, nodeId), nodeId).toEqual([...contents].sort(([a], [b]) => a - b));
  }
}

/** Small ones send even small commits through the ledger. */
const limits = fc.record({ stepObjects: fc.constantFrom(1, 2, 5, 90), plannedPlaces: fc.constantFrom(0, 3, 4096) });

const RUNS = Number(process.env.VARVE_HISTORIES ?? 120);

test('I1: whatever the history, contents are those of the model and references are exact', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), fc.nat(), limits, async (steps, seed, limits) => {
      const harness = createEngineHarness(seed, limits);
      const model = new Model();
      await play(harness, model, { do: 'clone', on: 0 });
      for (const each of steps) {
        await play(harness, model, each);
        if (each.do === 'settle') expect(await findFaults(harness)).toEqual([]);
      }
      await expectContents(harness, model);
      await harness.settle();
      expect(await findFaults(harness)).toEqual([]);
      await expectContents(harness, model);
      await harness.reclaim(30);
      await harness.reclaim(1);
      expect(await findFaults(harness)).toEqual([]);
      await expectContents(harness, model);
      // Nothing dead is left: what is in the store is what has references.
      const alive = harness.catalogue.rows(objectEntity).map(({ domainId, id }) => objectKey(domainId, id as ObjectId));
      expect([...harness.objects.stored.keys()].sort()).toEqual(alive.sort());
      expect(harness.catalogue.rows(objectEntity).every(({ refs }) => refs > 0)).toBe(true);
    }),
    { numRuns: RUNS },
  );
}, 600_000);

test('4.6: the preview of a deletion is what the deletion frees, for any set of snapshots', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: 40 }),
      fc.nat(),
      fc.nat(),
      limits,
      async (steps, seed, choice, limits) => {
        const harness = createEngineHarness(seed, limits);
        const model = new Model();
        await play(harness, model, { do: 'clone', on: 0 });
        for (const each of steps) await play(harness, model, each);
        await harness.settle();
        const chosen = [...model.snapshots.keys()].filter((_, at) => (choice >> (at % 30)) & 1);
        const preview = await harness.tree.previewRemoval(ACCOUNT, chosen);
        const dead = () => {
          const rows = harness.catalogue.rows(objectEntity).filter(({ refs }) => refs === 0);
          return { objects: rows.length, storedBytes: rows.reduce((sum, row) => sum + row.storedBytes, 0) };
        };
        const before = dead();
        for (const nodeId of chosen) await harness.tree.remove({ accountId: ACCOUNT, nodeId }, []);
        await harness.settle();
        const after = dead();
        expect(preview).toEqual({
          objects: after.objects - before.objects,
          storedBytes: after.storedBytes - before.storedBytes,
          settled: true,
        });
      },
    ),
    { numRuns: RUNS },
  );
}, 600_000);
