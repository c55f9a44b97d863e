import { afterAll, afterEach } from 'vitest';
import { remove } from '../../src/platform/catalogue/port.ts';
import type { WorkMessage } from '../../src/platform/queue/port.ts';
import { DUE_SHARDS, policyEntity } from '../../src/service/model/policies/rows.ts';
import { slotEntity, WAKE_SHARDS } from '../../src/service/model/policies/run-rows.ts';
import { runSlot, type SlotOutcome } from '../../src/service/policies/run-slot.ts';
import { type Ticked, tick } from '../../src/service/policies/timer.ts';
import type { Service } from '../../src/service/service.ts';
import { createTestApi, type TestAccount, type TestApi, type Told } from './api.ts';
import { createInstance } from './instances.ts';
import { GIB } from './operations.ts';

export const HOUR_MS = 3600_000;
export const DAY_MS = 24 * HOUR_MS;
const FOREVER = Number.POSITIVE_INFINITY;
type SlotMessage = Extract<WorkMessage, { kind: 'slot' }>;

/** The timer and its workers, fired by hand. */
export interface TestTimer {
  /** Messages on their way. */
  readonly messages: SlotMessage[];
  /** Errors that workers reported. */
  readonly reported: unknown[];
  tick(): Promise<Ticked>;
  work(message: SlotMessage, service?: Service): Promise<SlotOutcome>;
  /** A tick, and workers for all that it sent. */
  fire(): Promise<Ticked>;
}

export function createTimer(api: Pick<TestApi, 'service'>): TestTimer {
  const messages: SlotMessage[] = [];
  const reported: unknown[] = [];
  const queue = {
    send: async (more: readonly WorkMessage[]) => {
      for (const message of more) if (message.kind === 'slot') messages.push(message);
    },
  };
  const service = { ...api.service, queue };
  const work = (message: SlotMessage, as: Service = service) =>
    runSlot({ service: as, report: (error) => reported.push(error) }, message, FOREVER);
  return {
    messages,
    reported,
    work,
    tick: () => tick(service, FOREVER),
    fire: async () => {
      const ticked = await tick(service, FOREVER);
      for (const message of messages.splice(0)) await work(message);
      return ticked;
    },
  };
}

/** An API with its timer, for a whole file of tests; after each, its policies are due no more. */
export async function timedApi(): Promise<{ readonly api: TestApi; readonly timer: TestTimer }> {
  const api = await createTestApi();
  afterEach(() => retirePolicies(api));
  afterAll(() => api.close());
  return { api, timer: createTimer(api) };
}

/** Moves the clock to the next time of day (UTC) given, such as `02:30`. */
export function advanceTo(api: Pick<TestApi, 'clock'>, time: string): void {
  const now = api.clock.now();
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const today = Math.floor(now / DAY_MS) * DAY_MS + hours * HOUR_MS + minutes * 60_000;
  api.clock.advance((today > now ? today : today + DAY_MS) - now);
}

const RUN_FIELDS = 'diskId policyId slotAt status code message snapshotId replacedSnapshotId triedAgain missedSlots at';
const PAGED = 'pageInfo { hasNextPage endCursor }';
const RUNS = `query ($id: ID!, $status: [PolicyRunStatus!]) {
  policy(id: $id) { runs(first: 100, status: $status) { nodes { ${RUN_FIELDS} } ${PAGED} } }
}`;
const DISK_RUNS = `query ($id: ID!) { disk(id: $id) { policyRuns(first: 100) { nodes { ${RUN_FIELDS} } ${PAGED} } } }`;
const SLOTS = `query ($id: ID!, $first: Int!, $after: String) {
  policy(id: $id) {
    slots(first: $first, after: $after) {
      nodes { slotAt status doneCount skippedCount failedCount missedSlots openedAt finishedAt } ${PAGED}
    }
  }
}`;
const AUTO = `query ($diskId: ID!) {
  snapshots(first: 600, filter: { diskId: $diskId, kind: AUTO }, orderBy: { field: CREATED_AT }) {
    nodes { id name kind policyId createdAt retentionDays expiresAt keptInUse usage }
  }
}`;

export async function runsOf(account: TestAccount, id: string, status?: readonly string[]): Promise<Told[]> {
  return (await account.call(RUNS, { id, status })).policy.runs.nodes;
}

export async function diskRuns(account: TestAccount, id: string): Promise<Told[]> {
  return (await account.call(DISK_RUNS, { id })).disk.policyRuns.nodes;
}

export async function slotsOf(account: TestAccount, id: string, first = 1000, after?: string): Promise<Told> {
  return (await account.call(SLOTS, { id, first, after })).policy.slots;
}

export async function autoSnapshots(account: TestAccount, diskId: string): Promise<Told[]> {
  return (await account.call(AUTO, { diskId })).snapshots.nodes;
}

/** Policies of earlier tests are due no more. */
export async function retirePolicies({ catalogue }: Pick<TestApi, 'catalogue'>): Promise<void> {
  for (let dueShard = 0; dueShard < DUE_SHARDS; dueShard++) {
    const { rows } = await catalogue.list(policyEntity, { index: 'byDue', partition: { dueShard }, limit: 1000 });
    for (const { accountId, id } of rows) await catalogue.transact([remove(policyEntity, { accountId, id })]);
  }
  for (let wakeShard = 0; wakeShard < WAKE_SHARDS; wakeShard++) {
    const { rows } = await catalogue.list(slotEntity, { index: 'byWake', partition: { wakeShard }, limit: 1000 });
    for (const { accountId, policyId, slotAt } of rows) {
      await catalogue.transact([remove(slotEntity, { accountId, policyId, slotAt })]);
    }
  }
}

/** Disks of a running instance, all under the policy. */
export async function guarded(account: TestAccount, policyId: string, count: number): Promise<string[]> {
  const dataDisks = Array.from({ length: count - 1 }, () => ({ sizeBytes: GIB, policyId }));
  const instance = await createInstance(account, { systemDisk: { sizeBytes: GIB, policyId }, dataDisks });
  return [instance.systemDisk.id, ...instance.dataDisks.map(({ id }: Told) => id)];
}
