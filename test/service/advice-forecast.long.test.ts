import { beforeAll, describe, expect, test } from 'vitest';
import { diskAdvice } from '../../src/service/advice/disk-advice.ts';
import { capacityOf } from '../../src/service/chains/sizes.ts';
import { createInstance } from '../../src/service/instances/create.ts';
import { chainNodesAndBases } from '../../src/service/model/chains/members.ts';
import { allDiskIds } from '../../src/service/model/instances/find.ts';
import { createPolicy } from '../../src/service/policies/create.ts';
import type { Service } from '../../src/service/service.ts';
import { sweepExpired } from '../../src/service/snapshots/expiry.ts';
import { PATTERNS, type Pattern, writeDay } from '../support/changing-disks.ts';
import { createEngineHarness, type EngineHarness } from '../support/engine-harness.ts';
import { MEMORY_ACCOUNT, memoryService, openMemoryAccount } from '../support/memory-service.ts';
import { createTimer, DAY_MS, HOUR_MS } from '../support/timer.ts';
import { caller } from '../support/use-case-scene.ts';

/*
 * 120 days of disks whose snapshots are taken and ended by the timer and the janitor. The advice of
 * day 90 is for the end of a retention of 30 days. It is compared with what disks take then that
 * changed in the same way, each under one of the policies that it spoke of.
 */
const DAYS = 120;
const ASKED_ON = 90;
const RETENTION_DAYS = 30;
const MOST_ERROR = 0.1;
const FOREVER = Number.POSITIVE_INFINITY;

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const POLICIES = {
  CURRENT: { weekdays: EVERY_DAY, retentionDays: RETENTION_DAYS },
  EVERY_2_DAYS: { weekdays: [1, 3, 5, 7], retentionDays: RETENTION_DAYS },
  EVERY_3_DAYS: { weekdays: [1, 4, 6], retentionDays: RETENTION_DAYS },
  EVERY_7_DAYS: { weekdays: [1], retentionDays: RETENTION_DAYS },
  HALF_RETENTION: { weekdays: EVERY_DAY, retentionDays: RETENTION_DAYS / 2 },
} as const;
type Name = keyof typeof POLICIES;
const NAMES = Object.keys(POLICIES) as Name[];

interface Played {
  readonly forecast: Readonly<Record<string, number | null | undefined>>;
  /** The most that the chain took in the last week. */
  readonly taken: Readonly<Record<string, number>>;
  readonly measured: readonly boolean[];
}

/** One disk under each policy. */
async function disksUnder(service: Service): Promise<Readonly<Record<Name, string>>> {
  const disks: Record<string, string> = {};
  for (const name of NAMES) {
    const policy = { hours: [2], timeZone: 'UTC', tags: [], clientToken: null, ...POLICIES[name] };
    const { id: policyId } = await createPolicy(service, caller, policy);
    const systemDisk = {
      sizeBytes: 2 ** 32,
      deleteAutoSnapshots: true,
      category: 'CLOUD' as const,
      tags: [],
      policyId,
    };
    const instance = await createInstance(service, caller, {
      systemDisk,
      dataDisks: [],
      start: true,
      deletionProtection: false,
      tags: [],
    } as never);
    disks[name] = allDiskIds(instance)[0] as string;
  }
  return disks as Record<Name, string>;
}

async function capacity({ catalogue }: EngineHarness, chainId: string): Promise<number> {
  const nodes = await chainNodesAndBases(catalogue, { accountId: MEMORY_ACCOUNT, chainId });
  return capacityOf(nodes)?.storedBytes ?? Number.NaN;
}

async function play(pattern: Pattern): Promise<Played> {
  const harness = createEngineHarness(3);
  const service = memoryService(harness.deps);
  await openMemoryAccount(service);
  const timer = createTimer({ service });
  const disks = await disksUnder(service);
  const taken: Record<string, number> = {};
  let told: Awaited<ReturnType<typeof diskAdvice>> | undefined;
  for (let day = 0; day < DAYS; day++) {
    harness.clock.at += DAY_MS - (harness.clock.at % DAY_MS) + HOUR_MS; // 01:00
    for (const name of NAMES) await writeDay(harness, disks[name], pattern, day);
    harness.clock.at += 1.1 * HOUR_MS;
    await timer.fire();
    await sweepExpired(service, FOREVER);
    await harness.settle();
    if (day === ASKED_ON) told = await diskAdvice(service, caller, { diskId: disks.CURRENT });
    if (day < DAYS - 7) continue;
    for (const name of NAMES) taken[name] = Math.max(taken[name] ?? 0, await capacity(harness, disks[name]));
  }
  expect(timer.reported).toEqual([]);
  const options = told?.options ?? [];
  return {
    forecast: Object.fromEntries(options.map(({ option, storedBytes }) => [option, storedBytes])),
    measured: options.filter(({ option }) => option in POLICIES).map(({ measured }) => measured),
    taken,
  };
}

describe.each(PATTERNS.map((pattern) => [pattern.name, pattern] as const))(
  '8.3: a disk whose changes are %s',
  (_, pattern) => {
    let played: Played;
    beforeAll(async () => {
      played = await play(pattern);
    }, 600_000);

    test.each(NAMES)('8.3: what %s takes after 120 days is forecast to a tenth', (name) => {
      const [forecast, taken] = [played.forecast[name] ?? Number.NaN, played.taken[name] ?? Number.NaN];
      expect(Math.abs(forecast - taken) / taken).toBeLessThanOrEqual(MOST_ERROR);
    });

    test('8.3: every interval was measured, none concluded from others', () => {
      expect(played.measured).toEqual(NAMES.map(() => true));
    });
  },
);
