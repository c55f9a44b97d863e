import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import { patch, put } from '../../src/platform/catalogue/port.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { createInstance as createInProcess } from '../../src/service/instances/create.ts';
import { sweepInstances } from '../../src/service/instances/work.ts';
import { instanceEntity, instanceWorkEntity, workShard } from '../../src/service/model/instances/rows.ts';
import { createTestApi, type TestAccount, type TestApi } from '../support/api.ts';
import { CREATE_INSTANCE, createInstance } from '../support/instances.ts';
import { createDisk, createSnapshot, deleteSnapshots, GIB } from '../support/operations.ts';

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

const NO_DISK = { category: 'CLOUD', deleteAutoSnapshots: false, deleteWithInstance: true } as const;
const NO_INSTANCE = { start: true, deletionProtection: false, tags: [] };

describe('2.2: a creation whose origin goes while it is under way', () => {
  /** An installation in which the origin is deleted just after the creation was decided. */
  async function undoing(killedAfter = Number.POSITIVE_INFINITY) {
    const disk = await createDisk(account);
    const snapshot = await createSnapshot(account, disk.id);
    const catalogue = { ...api.catalogue };
    let writes = 0;
    catalogue.transact = async (list) => {
      if (++writes > killedAfter) throw new Error('killed');
      const result = await api.catalogue.transact(list);
      if (writes === 1) await deleteSnapshots(account, [snapshot.id], true);
      return result;
    };
    const [mine, theirs] = [
      { ...NO_DISK, sizeBytes: GIB, deleteWithInstance: false },
      { ...NO_DISK, snapshotId: snapshot.id },
    ];
    const clientToken = `undone-${snapshot.id}`;
    const input = {
      ...NO_INSTANCE,
      clientToken,
      systemDisk: { ...NO_DISK, sizeBytes: GIB },
      dataDisks: [mine, theirs],
    };
    const service = { ...api.service, catalogue, tree: createVersionTree({ ...api.engine, catalogue }) };
    const create = () => createInProcess(service, serviceCaller(account.id), input);
    return { input, create, snapshotId: snapshot.id };
  }
  const disks = async () => (await account.call('{ disks(first: 1000) { nodes { id } } }')).disks.nodes.length;

  test('is undone, with all its disks; its token is free, so that a repetition is told why', async () => {
    const { input, create, snapshotId } = await undoing();
    const before = await disks();
    await expect(create()).rejects.toMatchObject({ code: 'NotFound', extra: { id: snapshotId } });
    expect(await disks()).toBe(before);
    expect((await account.refusal(CREATE_INSTANCE, { input })).extensions).toMatchObject({
      code: 'NotFound',
      id: snapshotId,
    });
    const other = { ...input, dataDisks: [] };
    const made = await createInstance(account, other);
    expect(await createInstance(account, other)).toEqual(made);
  });

  test('and cut off while it is undone, it is undone by the janitor: no disk of it stays', async () => {
    const before = await disks();
    for (let killedAfter = 1; killedAfter <= 8; killedAfter++) {
      const { create } = await undoing(killedAfter);
      await create().catch(() => undefined);
      api.clock.advance(61_000);
      await sweepInstances(api.service, Number.POSITIVE_INFINITY);
      // the one of the snapshot
      expect(await disks(), `killed after ${killedAfter} writes`).toBe(before + killedAfter);
    }
  });

  test('2.2: the janitor counts what it has finished, and goes on after trouble with one', async () => {
    const made = [await createInstance(account), await createInstance(account), await createInstance(account)];
    const createdAt = new Date(api.clock.now() - 61_000).toISOString();
    for (const { id } of made) {
      const work = { shard: workShard(id), instanceId: id, accountId: account.id, kind: 'CREATE', disks: [] } as const;
      await api.catalogue.transact([
        patch(instanceEntity, { accountId: account.id, id }, { set: { status: 'PENDING' } }),
        put(instanceWorkEntity, { ...work, start: true, createdAt }),
      ]);
    }
    const broken = (error: Error) => {
      const catalogue = { ...api.catalogue };
      catalogue.transact = async (list) => {
        if (
          list.some(
            (write) => write.kind === 'delete' && (write.key as { instanceId?: string }).instanceId === made[0].id,
          )
        )
          throw error;
        return api.catalogue.transact(list);
      };
      return sweepInstances({ ...api.service, catalogue }, Number.POSITIVE_INFINITY);
    };
    await expect(broken(new Error('broken'))).rejects.toMatchObject({ code: 'Internal', cause: { message: 'broken' } });
    expect(await broken(new VarveError('Throttled', 'busy'))).toEqual({ finished: 0 });
    expect(await sweepInstances(api.service, Number.POSITIVE_INFINITY)).toEqual({ finished: 1 });
  });
});
