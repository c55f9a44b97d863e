import { BLOCK_BYTES, type ObjectId } from '../../engine/blocks/block.ts';
import { ClientError } from '../errors.ts';
import { createDatapath } from '../service/datapath.ts';
import type { Graphql } from '../service/graphql.ts';

/** A block that is not as its id says, and where it was read. */
export interface DamagedBlock {
  readonly offsetBytes: number;
  readonly objectId: string;
}

const BATCH = 64; // what the service's `reportDamage` takes
const LIMIT_MS = 30_000; // the reader hears of the damage in any case

/**
 * Reports damaged blocks to the service, so that it asks for them at the next upload of the same
 * content. Resolves with the ids of those that the service has found damaged, too. A failure is not
 * reported beside the damage: the service's scrubs find what it did not hear of.
 */
export async function reportDamage(
  graphql: Graphql,
  source: string,
  damaged: readonly DamagedBlock[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const datapath = createDatapath(graphql, AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]));
  const blocks = damaged.map(({ offsetBytes, objectId }) => ({
    index: offsetBytes / BLOCK_BYTES,
    id: objectId as ObjectId,
  }));
  const known = new Set<string>();
  try {
    for (let at = 0; at < blocks.length; at += BATCH) {
      for (const id of await datapath.reportDamage(source, blocks.slice(at, at + BATCH))) known.add(id);
    }
  } catch {
    // See above.
  }
  return known;
}

/**
 * Reads a disk or snapshot up to the first damage, which is reported to the service. `known` of the
 * error says whether the service has found it, too.
 */
export async function withDamageReport<T>(
  { graphql, source, signal }: { readonly graphql: Graphql; readonly source: string; readonly signal: AbortSignal },
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const damaged = damagedBlockOf(error);
    if (damaged === undefined) throw error;
    const { code, message, extra } = error as ClientError;
    const known = (await reportDamage(graphql, source, [damaged], signal)).has(damaged.objectId);
    throw new ClientError(code, message, { ...extra, known }, error);
  }
}

function damagedBlockOf(error: unknown): DamagedBlock | undefined {
  if (!(error instanceof ClientError) || error.code !== 'ObjectDamaged') return undefined;
  const { offsetBytes, objectId } = error.extra;
  if (typeof offsetBytes !== 'number' || typeof objectId !== 'string') return undefined;
  return { offsetBytes, objectId };
}
