import { BLOCK_BYTES, type ObjectId } from '../../engine/blocks/block.ts';
import { sizeText } from '../../platform/size-text.ts';
import { ClientError } from '../errors.ts';
import type { Slots } from '../flow/slots.ts';
import type { Datapath, MappedBlock } from '../service/datapath.ts';
import { type ObjectTransfer, SignatureEnded } from '../service/object-transfer.ts';
import type { WorkerPool } from '../threads/worker-pool.ts';
import { kindOf } from './contradiction.ts';

export interface FetchParts {
  readonly datapath: Datapath;
  readonly transfer: ObjectTransfer;
  readonly slots: Slots;
  readonly pool: WorkerPool;
  /** Disk or snapshot that is read. */
  readonly source: string;
}

/** All that fetching itself looks at. */
type FetchInto = Omit<FetchParts, 'slots'> & { readonly slots: Pick<Slots, 'view'> };

const SIGNATURE_TRIES = 3;

/** A block's stored form in a slot. */
interface ReceivedBlock {
  readonly bytes: number;
  /** The object's own file, if it was read from there. */
  readonly path?: string;
}

/** As {@link receiveBlock}. Returns the number of bytes. */
export async function fetchBlock(parts: FetchInto, block: MappedBlock, slot: number): Promise<number> {
  return (await receiveBlock(parts, block, slot)).bytes;
}

/** Receives a block's stored form into `slot`. Throws `ObjectDamaged` with the place. */
export async function receiveBlock(parts: FetchInto, block: MappedBlock, slot: number): Promise<ReceivedBlock> {
  const { transfer, slots, source, pool } = parts;
  let { url } = block;
  for (let attempt = 1; ; attempt++) {
    try {
      url ??= await signAgain(parts, block);
      const renew = async () => ({ url: await signAgain(parts, block) });
      const path = transfer.fileOf({ url });
      const taken = path === undefined ? undefined : await pool.run('take', { slot, path });
      if (path !== undefined && taken !== undefined) return { bytes: taken, path };
      const bytes = await transfer.get({ url, renew }, slots.view(slot));
      if (typeof bytes === 'number') return { bytes };
      const what = bytes === 'MISSING' ? 'is missing' : 'is damaged: it is longer than any block';
      throw damagedAt(source, block, `Object ${block.id} ${what}.`, bytes === 'MISSING' ? 'MISSING' : 'LENGTH');
    } catch (error) {
      if (!(error instanceof SignatureEnded) || attempt === SIGNATURE_TRIES) throw error;
      url = null;
    }
  }
}

async function signAgain({ datapath, source }: FetchInto, { index, id }: MappedBlock): Promise<string> {
  const { blocks } = await datapath.blockMap({ source, startIndex: index, endIndex: index + 1, limit: 1 }, true);
  const block = blocks[0];
  if (block?.index !== index || block.id !== id || !block.url) {
    throw new ClientError('VersionConflict', `${source} changed while it was read.`, { source });
  }
  return block.url;
}

/** Says of a damaged object where it was met. */
export function withPlace(error: unknown, source: string, block: { index: number; id: ObjectId }): unknown {
  if (!(error instanceof ClientError) || error.code !== 'ObjectDamaged' || 'offsetBytes' in error.extra) return error;
  return damagedAt(source, block, error.message, error.extra.reason);
}

function damagedAt(
  source: string,
  { index, id }: { index: number; id: ObjectId },
  what: string,
  reason: unknown,
): ClientError {
  const kind = kindOf(source);
  const offsetBytes = index * BLOCK_BYTES;
  const message = `Damaged data in ${kind} ${source} at offset ${sizeText(offsetBytes)}: ${what}`;
  return new ClientError('ObjectDamaged', message, {
    [`${kind}Id`]: source,
    offsetBytes,
    objectId: id,
    reason,
  });
}
