import { expect, test } from 'vitest';
import { put } from '../../src/platform/catalogue/port.ts';
import { isoTime } from '../../src/platform/clock.ts';
import {
  DUE_SHARDS,
  dueAt,
  dueCheckEntity,
  type PolicyRow,
  policyEntity,
} from '../../src/service/model/policies/rows.ts';
import { slotEntity } from '../../src/service/model/policies/run-rows.ts';
import { nextRun } from '../../src/service/model/policies/schedule.ts';
import { createPolicy } from '../../src/service/policies/create.ts';
import { tick } from '../../src/service/policies/timer.ts';
import { createEngineHarness, type EngineHarness } from '../support/engine-harness.ts';
import { caller } from '../support/lease-scene.ts';
import { memoryService, openMemoryAccount } from '../support/memory-service.ts';
import { ANY_POLICY } from '../support/sweep-cases.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Ids that end with this are all in one shard. */
const SHARD = '0'.charCodeAt(0) % DUE_SHARDS;

/** A policy that runs each day, as a clock left it that was ahead. */
async function scene(): Promise<{ harness: EngineHarness; policy: PolicyRow }> {
  const harness = createEngineHarness(9);
  const service = memoryService(harness.deps);
  await openMemoryAccount(service);
  const policy = await createPolicy(service, caller, ANY_POLICY);
  return { harness, policy };
}

const fire = ({ deps }: EngineHarness) => tick(memoryService(deps), FOREVER);
const ahead = ({ catalogue, clock }: EngineHarness) =>
  catalogue.rows(policyEntity).filter((policy) => Date.parse(policy.nextRunAt ?? '') > nextRun(policy, clock.at));
const copies = (policy: PolicyRow, count: number, nextRunAt: (at: number) => string): PolicyRow[] =>
  Array.from({ length: count }, (_, at) => ({ ...policy, ...dueAt(`sp-${at}-0`, nextRunAt(at)) }));

test('10.4: more next runs than a tick looks at are mended one tick after the other, from the far end', async () => {
  const { harness, policy } = await scene();
  const far = copies(policy, 250, (at) => isoTime(harness.clock.at + (40 + at) * DAY_MS));
  for (const row of far) await harness.catalogue.transact([put(policyEntity, row)]);
  expect(far.every(({ dueShard }) => dueShard === SHARD)).toBe(true);
  for (const left of [150, 50, 0]) {
    await fire(harness);
    expect(ahead(harness)).toHaveLength(left);
  }
});

test('10.4: policies that run seldom do not hide those behind them', async () => {
  const { harness, policy } = await scene();
  const now = harness.clock.at;
  const weekly = copies({ ...policy, weekdays: [3] }, 150, () => isoTime(nextRun({ ...policy, weekdays: [3] }, now)));
  const wrong: PolicyRow = { ...policy, ...dueAt('sp-wrong-0', isoTime(nextRun(policy, now) + 2 * DAY_MS)) };
  for (const row of [...weekly, wrong]) await harness.catalogue.transact([put(policyEntity, row)]);
  await fire(harness);
  expect(ahead(harness)).toMatchObject([{ id: 'sp-wrong-0' }]);
  expect(harness.catalogue.rows(dueCheckEntity)).toMatchObject([{ dueShard: SHARD }]);
  await fire(harness);
  expect(ahead(harness)).toEqual([]);
  expect(harness.catalogue.rows(dueCheckEntity)).toEqual([]);
});

test('10.4: a timer whose clock is a little behind leaves alone what another has moved on', async () => {
  const { harness, policy } = await scene();
  const slot = Date.parse(policy.nextRunAt ?? '');
  harness.clock.at = slot + 1000;
  await fire(harness);
  const moved = harness.catalogue.rows(policyEntity);
  harness.clock.at = slot - 1000;
  await fire(harness);
  expect(harness.catalogue.rows(policyEntity)).toEqual(moved);
});

test('10.4: slots that are still to come are not recorded as missed', async () => {
  const { harness } = await scene();
  const right = harness.clock.at;
  harness.clock.at += 365 * DAY_MS + HOUR_MS;
  await fire(harness);
  expect(harness.catalogue.rows(slotEntity).length).toBeGreaterThan(360);
  harness.clock.at = right;
  await fire(harness);
  expect(harness.catalogue.rows(slotEntity)).toMatchObject([{ status: 'RUNNING' }]);
});
