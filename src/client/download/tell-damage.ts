import { BLOCK_BYTES, type ObjectId } from '../../engine/blocks/block.ts';
import { ClientError } from '../errors.ts';
import { createDatapath } from '../service/datapath.ts';
import type { Graphql } from '../service/graphql.ts';

/** Where a block was met that is not as its id says. */
export interface MetBlock {
  readonly offsetBytes: number;
  readonly objectId: string;
}

const BATCH = 64; // what `reportDamage` takes
const LIMIT_MS = 30_000; // whoever reads is told of the damage in any case

/**
 * Tells the service of damaged blocks, so that it asks for them at the next upload of the same content: those of them that it has found damaged.
 * A failure is no second one beside the damage: what the service was not told of, its scrubs find.
 */
export async function tellDamage(
  graphql: Graphql,
  source: string,
  met: readonly MetBlock[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const datapath = createDatapath(graphql, AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]));
  const blocks = met.map(({ offsetBytes, objectId }) => ({
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

/** Reads of a disk or snapshot that end at the first damage: the service is told of it, and the error says whether it knows (`known`). */
export async function tellingDamage<T>(
  { graphql, source, signal }: { readonly graphql: Graphql; readonly source: string; readonly signal: AbortSignal },
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const met = blockOf(error);
    if (met === undefined) throw error;
    const { code, message, extra } = error as ClientError;
    const known = (await tellDamage(graphql, source, [met], signal)).has(met.objectId);
    throw new ClientError(code, message, { ...extra, known }, error);
  }
}

function blockOf(error: unknown): MetBlock | undefined {
  if (!(error instanceof ClientError) || error.code !== 'ObjectDamaged') return undefined;
  const { offsetBytes, objectId } = error.extra;
  if (typeof offsetBytes !== 'number' || typeof objectId !== 'string') return undefined;
  return { offsetBytes, objectId };
}
