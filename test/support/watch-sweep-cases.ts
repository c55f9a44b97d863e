import { isoTime } from '../../src/platform/clock.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import { recountEntity } from '../../src/service/model/overview/rows.ts';
import { watchAgainEntity, watchEntity } from '../../src/service/model/watch/rows.ts';
import { updatePolicy } from '../../src/service/policies/change.ts';
import { overviewOf } from '../../src/service/watch/overview.ts';
import { sweepWatch } from '../../src/service/watch/sweep.ts';
import { sweepOverviews } from '../../src/service/watch/sweep-overview.ts';
import { memoryService } from './memory-service.ts';
import { BAD } from './poison.ts';
import type { SweepCase } from './sweep-cases.ts';
import { HOUR_MS, makeDisk, makePolicy, setOfDisk, watchCaller } from './watch-scene.ts';

const isBad = (id: string) => id.startsWith(BAD);
const earlier = (time: unknown): string => isoTime(Date.parse(String(time)) - 1);

export const WATCH_SWEEPS: readonly SweepCase[] = [
  {
    name: 'disks whose look is due',
    prepare: async (harness) => {
      const service = memoryService(harness.deps);
      const { id } = await makeDisk(service, 'late');
      await setOfDisk(service, id, { hours: 1 });
      harness.clock.at += 2 * HOUR_MS;
    },
    entity: watchEntity,
    spoil: (row, id) => ({ ...row, accountId: id, diskId: id, dueAt: earlier(row.dueAt) }),
    sweep: (deps, until) => sweepWatch(memoryService(deps), until),
    isDone: ({ catalogue }) => catalogue.rows(diskEntity).some(({ protection }) => protection === 'IN_BREACH'),
    counts: { looked: 1, began: 1 },
  },
  {
    name: 'policies whose disks are to be looked at again',
    prepare: async (harness) => {
      const service = memoryService(harness.deps);
      const policyId = await makePolicy(service, [0]);
      await makeDisk(service, 'covered', { policyId });
      await updatePolicy(service, watchCaller, { policyId, hours: [0, 12] } as never);
    },
    entity: watchAgainEntity,
    spoil: (row, id) => ({ ...row, accountId: id, target: id }),
    sweep: (deps, until) => sweepWatch(memoryService(deps), until),
    isDone: ({ catalogue }) => catalogue.rows(watchAgainEntity).every(({ target }) => isBad(target)),
    counts: { sentFor: 1 },
  },
  {
    name: 'overviews to be counted again',
    prepare: async (harness) => {
      await overviewOf(memoryService(harness.deps), watchCaller, null);
      harness.clock.at += HOUR_MS;
    },
    entity: recountEntity,
    spoil: (row, id) => ({ ...row, accountId: id, dueAt: earlier(row.dueAt) }),
    sweep: (deps, until) => sweepOverviews(memoryService(deps), until),
    isDone: ({ catalogue, clock }) =>
      catalogue
        .rows(recountEntity)
        .some(({ accountId, dueAt }) => !isBad(accountId) && dueAt > isoTime(clock.at + 20 * HOUR_MS)),
    counts: { recounted: 1 },
  },
];
