import type { Caller } from '../calls/caller.ts';
import { parseWhole } from '../calls/numbers.ts';
import { requireVersion } from '../disks/rollback.ts';
import { BLOCK_BYTES, objectKey, PAGE_FANOUT, type Root } from '../engine/block.ts';
import type { At } from '../engine/contract.ts';
import type { BlockMap, BlockMapInput, PageMap, PageMapInput } from '../generated/schema.ts';
import { mapBounded } from '../platform/bounded.ts';
import { VarveError } from '../platform/errors.ts';
import type { Service } from '../regions/service.ts';
import { BLOCK_INDEX, VERSION } from './commit.ts';
import { URL_TTL_S } from './prepare.ts';
import { findSource, type Source } from './targets.ts';

const COUNT = { min: 1, max: 1024 };
const SIGNATURES_AT_ONCE = 64; // they are computed here, so this only bounds what waits

export async function blockMap(service: Service, caller: Caller, input: BlockMapInput): Promise<BlockMap> {
  const start = parseWhole('startIndex', input.startIndex, BLOCK_INDEX);
  const limit = parseWhole('limit', input.limit, COUNT);
  const source = await openSource(service, caller, input);
  const at = placeOf(source);
  const { blocks, next } = await reading(source, start * BLOCK_BYTES, () => service.contents.blocks(at, start, limit));
  const objects = service.objects(at.regionId);
  const mapped = await mapBounded(blocks, SIGNATURES_AT_ONCE, async ({ index, id }) => ({
    index,
    id,
    url: input.urls ? await objects.signGet(objectKey(at.domainId, id), URL_TTL_S) : null,
  }));
  return { ...stateOf(source), blocks: mapped, nextIndex: next ?? null };
}

export async function pageMap(service: Service, caller: Caller, input: PageMapInput): Promise<PageMap> {
  const start = parseWhole('startIndex', input.startIndex, BLOCK_INDEX);
  const limit = parseWhole('limit', input.limit, COUNT);
  const source = await openSource(service, caller, input);
  const offset = start * PAGE_FANOUT * BLOCK_BYTES;
  const { pages, next } = await reading(source, offset, () =>
    service.contents.leafPages(placeOf(source), start, limit),
  );
  return { ...stateOf(source), pages, nextIndex: next ?? null };
}

async function openSource(service: Service, caller: Caller, input: BlockMapInput | PageMapInput): Promise<Source> {
  if (input.expectedVersion != null) parseWhole('expectedVersion', input.expectedVersion, VERSION);
  const source = await findSource(service, caller, input.source);
  requireVersion(source.node, input.expectedVersion);
  return source;
}

function placeOf({ node }: Source): At {
  return { domainId: node.domainId, regionId: node.regionId, root: node.root as Root };
}

function stateOf({ node, sizeBytes }: Source) {
  return { sizeBytes, root: node.root, version: node.version };
}

/** Rule 9.5: what is found damaged is told with the disk, and from where on it cannot be read. */
async function reading<T>({ diskId }: Source, offsetBytes: number, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof VarveError) || error.code !== 'ObjectDamaged') throw error;
    throw new VarveError(error.code, error.message, { diskId, offsetBytes, ...error.extra }, error);
  }
}
