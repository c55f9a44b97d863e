import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import type { WorkMessage } from '../../src/platform/queue/port.ts';
import { runCopy } from '../../src/service/copies/run.ts';
import { sweepCopies } from '../../src/service/copies/sweep.ts';
import { runPolicyCopy } from '../../src/service/policies/run-copy.ts';
import { runSlot } from '../../src/service/policies/run-slot.ts';
import { sweepPolicyCopies } from '../../src/service/policies/sweep-copies.ts';
import { tick } from '../../src/service/policies/timer.ts';
import type { Service } from '../../src/service/service.ts';
import { finishOverdue } from '../../src/service/snapshots/overdue.ts';
import { OTHER_REGION, type TestAccount, type TestApi, type Told } from './api.ts';

const FOREVER = Number.POSITIVE_INFINITY;

/** Timer, janitor and workers of policies and their copies, fired by hand. */
export interface PolicyWorkers {
  /** Every message that was sent. */
  readonly sent: readonly WorkMessage[];
  /** A tick, and all that follows from it. */
  fire(): Promise<void>;
  /** The janitor's rounds, and all that follows from them. */
  sweep(): Promise<void>;
  work(message: WorkMessage): Promise<unknown>;
}

/** `isHeld`: such messages are lost on their way. */
export function policyWorkers(
  api: Pick<TestApi, 'service'>,
  { isHeld = () => false }: { readonly isHeld?: (message: WorkMessage) => boolean } = {},
): PolicyWorkers {
  const sent: WorkMessage[] = [];
  const waiting: WorkMessage[] = [];
  const queue = {
    send: async (messages: readonly WorkMessage[], { delayMs = 0 } = {}) => {
      sent.push(...messages);
      waiting.push(...messages.filter((message) => !isHeld(message) && delayMs === 0));
    },
  };
  const service: Service = { ...api.service, queue };
  const report = () => undefined;
  const work = (message: WorkMessage): Promise<unknown> => {
    if (message.kind === 'slot') return runSlot({ service, report }, message, FOREVER);
    if (message.kind === 'policyCopy') return runPolicyCopy({ service, report }, message);
    if (message.kind === 'copy') return runCopy(service, message, FOREVER);
    if (message.kind === 'snapshot') return finishOverdue(service, message);
    return Promise.resolve();
  };
  const drain = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  return {
    sent,
    work,
    fire: async () => {
      await tick(service, FOREVER);
      await drain();
    },
    sweep: async () => {
      await sweepPolicyCopies(service, FOREVER);
      await sweepCopies(service, FOREVER);
      await drain();
    },
  };
}

const COPIES = `query ($id: ID!) {
  disk(id: $id) {
    policyRuns(first: 100) {
      nodes {
        status snapshotId
        copies { region status snapshotId replacedSnapshotId problem { code message since } finishedAt }
      }
    }
  }
}`;

/** Of the latest run of a disk. */
export async function latestCopies(account: TestAccount, diskId: string): Promise<Told[]> {
  return (await account.call(COPIES, { id: diskId })).disk.policyRuns.nodes[0]?.copies;
}

const COPIES_THERE = `query ($region: String!) {
  snapshots(region: $region, first: 100, orderBy: { field: CREATED_AT }) {
    nodes { id name kind status policyId retentionDays expiresAt createdAt root copy { sourceSnapshotId } }
  }
}`;

export async function copiesThere(account: TestAccount, region = OTHER_REGION): Promise<Told[]> {
  return (await account.call(COPIES_THERE, { region })).snapshots.nodes;
}

/** The service over a store of the other region that refuses copies as told. */
export function withStoreInTrouble({ service, engine }: TestApi, error: () => Error | undefined): Service {
  const there = service.objects(OTHER_REGION);
  const copyFrom: typeof there.copyFrom = async (...copied) => {
    const trouble = error();
    if (trouble !== undefined) throw trouble;
    return there.copyFrom(...copied);
  };
  const objects = (region: string) => (region === OTHER_REGION ? { ...there, copyFrom } : service.objects(region));
  return { ...service, objects, tree: createVersionTree({ ...engine, objects }) };
}
