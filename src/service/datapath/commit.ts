import { blockCount, isObjectId, MAX_DISK_BYTES, type ObjectId } from '../../engine/blocks/block.ts';
import { type BlockRange, type BlockWrite, type CommitResult, MAX_COMMIT_WRITES } from '../../engine/contract.ts';
import type { BlockRangeInput, BlockWriteInput, CommitBlocksInput } from '../../generated/schema.ts';
import { invalid } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { parseVersion, parseWhole, requireCount } from '../calls/numbers.ts';
import { refusalOf } from '../calls/refusal.ts';
import { asWriter } from '../leases/writing.ts';
import type { DraftRow } from '../model/datapath/rows.ts';
import { parseFence } from '../model/leases/rules.ts';
import type { Service } from '../service.ts';
import { renewDraft } from './drafts.ts';
import { findTargetAndHead } from './targets.ts';

const COUNT = { min: 0, max: MAX_COMMIT_WRITES };

/** Rule 9.1. */
export async function commitBlocks(service: Service, caller: Caller, input: CommitBlocksInput): Promise<CommitResult> {
  const expectedVersion = parseVersion('expectedVersion', input.expectedVersion);
  requireCount('writes', input.writes, COUNT);
  requireCount('trims', input.trims, COUNT);
  const fence = parseFence(input.fence);
  const { disk, draft, head } = await findTargetAndHead(service, caller, input.target);
  const blocks = blockCount(disk.sizeBytes);
  const change = {
    accountId: caller.accountId,
    headId: input.target,
    expectedVersion,
    writes: parseWrites(input.writes, blocks),
    trims: input.trims.map((trim, at) => parseRange(`trims.${at}`, trim, blocks)),
    fence,
    plain: disk.keyId === undefined,
  };
  const result = await asWriter(service, disk, fence, (attempt) =>
    // What was read before a lease was ended is out of date.
    service.tree.commit(attempt === 1 ? { ...change, head } : change),
  );
  if (draft !== undefined) await renewIfPossible(service, draft);
  return result;
}

/** The commit has taken place by now, and the next one puts the draft's end off as well. */
async function renewIfPossible(service: Service, draft: DraftRow): Promise<void> {
  const refusal = await refusalOf(() => renewDraft(service, draft));
  if (refusal !== undefined && refusal.code !== 'Throttled') throw refusal;
}

/** Blocks beyond the disk's end would be stored, and counted, but never read. */
function parseWrites(writes: readonly BlockWriteInput[], blocks: number): BlockWrite[] {
  const taken = new Set<number>();
  return writes.map((write, at) => {
    const index = parseWhole(`writes.${at}.index`, write.index, { min: 0, max: blocks - 1 });
    if (taken.has(index)) throw invalid(`writes.${at}.index`, 'is written twice');
    taken.add(index);
    return { index, id: parseObjectId(`writes.${at}.id`, write.id) };
  });
}

function parseRange(field: string, range: BlockRangeInput, blocks: number): BlockRange {
  const start = parseWhole(`${field}.start`, range.start, { min: 0, max: blocks - 1 });
  return { start, count: parseWhole(`${field}.count`, range.count, { min: 1, max: blocks - start }) };
}

export function parseObjectId(field: string, text: string): ObjectId {
  if (!isObjectId(text)) throw invalid(field, 'must be 64 lower-case hex digits');
  return text;
}

export const BLOCK_INDEX = { min: 0, max: blockCount(MAX_DISK_BYTES) };
