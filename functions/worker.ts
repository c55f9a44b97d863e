import { work } from '../src/background/worker.ts';
import { composeOnce } from '../src/composition.ts';
import { mapBounded } from '../src/platform/bounded.ts';
import type { WorkMessage } from '../src/platform/queue/port.ts';
import { deadline, type InvocationContext } from './invocation.ts';

export interface WorkEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}
export interface WorkResult {
  /** Only these are delivered again; after a few times they go to the dead letters. */
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * Entries of a batch that are worked on together: they wait for the stores far more than they
 * compute.
 */
const TOGETHER = 4;

const composed = composeOnce(process.env);

/** Also that of `notifier`, which has the rights that sending to receivers takes, and no others. */
export async function handler(event: WorkEvent, context: InvocationContext): Promise<WorkResult> {
  const parts = composed();
  const until = deadline(context, parts.clock.now());
  const failed = await mapBounded(event.Records, TOGETHER, async ({ messageId, body }) => {
    try {
      await work(parts, parseMessage(body), until);
      return [];
    } catch (error) {
      parts.log.error('work failed', { body, error });
      return [{ itemIdentifier: messageId }];
    }
  });
  parts.emf?.flush();
  return { batchItemFailures: failed.flat() };
}

function parseMessage(body: string): WorkMessage {
  const { kind, shard, id, ...names } = JSON.parse(body) as Readonly<Record<string, unknown>>;
  const { accountId, policyId, slotAt, snapshotId, region, lane, sink } = names;
  if (kind === 'entry' && typeof shard === 'number' && typeof id === 'string') return { kind, shard, id };
  if (kind === 'newBlocks' && typeof shard === 'number') return { kind, shard };
  if (kind === 'events' && typeof lane === 'number') return { kind, lane };
  if (kind === 'sink' && sink === 'EVENTBRIDGE' && typeof lane === 'number') return { kind, sink, lane };
  if (isOfAccount(kind) && typeof accountId === 'string' && typeof id === 'string') return { kind, accountId, id };
  const slot = { accountId, policyId, slotAt };
  if (kind === 'slot' && isTexts(slot)) return { kind, ...slot };
  const policyCopy = { accountId, snapshotId, region };
  if (kind === 'policyCopy' && isTexts(policyCopy)) return { kind, ...policyCopy };
  throw new Error('not a work message');
}

type OfAccount = 'scrub' | 'snapshot' | 'copy' | 'export' | 'import' | 'webhook';

function isOfAccount(kind: unknown): kind is OfAccount {
  return ['scrub', 'snapshot', 'copy', 'export', 'import', 'webhook'].some((known) => known === kind);
}

function isTexts<Key extends string>(parts: Readonly<Record<Key, unknown>>): parts is Readonly<Record<Key, string>> {
  return Object.values(parts).every((part) => typeof part === 'string');
}
