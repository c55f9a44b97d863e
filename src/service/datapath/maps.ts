import { objectKey, type Root } from '../../engine/blocks/block.ts';
import type { At, Span } from '../../engine/contract.ts';
import type { BlockMap, BlockMapInput, PageMap, PageMapInput } from '../../generated/schema.ts';
import { mapBounded } from '../../platform/bounded.ts';
import type { Caller } from '../calls/caller.ts';
import { addDiskToDamage } from '../calls/damage.ts';
import { parseVersion, parseWhole } from '../calls/numbers.ts';
import { requireVersion } from '../model/disks/rules.ts';
import type { Service } from '../service.ts';
import { BLOCK_INDEX } from './commit.ts';
import { URL_TTL_S } from './prepare.ts';
import { meetingPages } from './report-damage.ts';
import { findSource, type Source } from './targets.ts';

const COUNT = { min: 1, max: 1024 };
const SIGNATURES_AT_ONCE = 64; // they are computed here, so this only bounds what waits

export async function blockMap(service: Service, caller: Caller, input: BlockMapInput): Promise<BlockMap> {
  const span = parseSpan(input);
  const limit = parseWhole('limit', input.limit, COUNT);
  const source = await openSource(service, caller, input);
  const at = placeOf(source);
  const { blocks, next } = await reading(service, source, () =>
    service.contents.blocks(at, span, limit, { fresh: input.fresh }),
  );
  const objects = service.objects(at.regionId);
  const mapped = await mapBounded(blocks, SIGNATURES_AT_ONCE, async ({ index, id }) => ({
    index,
    id,
    url: input.urls ? await objects.signGet(objectKey(at.domainId, id), URL_TTL_S) : null,
  }));
  return { ...stateOf(source), blocks: mapped, nextIndex: next ?? null };
}

export async function pageMap(service: Service, caller: Caller, input: PageMapInput): Promise<PageMap> {
  const span = parseSpan(input);
  const limit = parseWhole('limit', input.limit, COUNT);
  const source = await openSource(service, caller, input);
  const { pages, next } = await reading(service, source, () =>
    service.contents.leafPages(placeOf(source), span, limit),
  );
  return { ...stateOf(source), pages, nextIndex: next ?? null };
}

function parseSpan({ startIndex, endIndex }: BlockMapInput | PageMapInput): Span {
  const start = parseWhole('startIndex', startIndex, BLOCK_INDEX);
  return endIndex == null ? { start } : { start, end: parseWhole('endIndex', endIndex, BLOCK_INDEX) };
}

async function openSource(service: Service, caller: Caller, input: BlockMapInput | PageMapInput): Promise<Source> {
  if (input.expectedVersion != null) parseVersion('expectedVersion', input.expectedVersion);
  const source = await findSource(service, caller, input.source);
  requireVersion(source.node, input.expectedVersion);
  return source;
}

/** What cannot be read is told with its disk, and kept. */
function reading<T>(service: Service, source: Source, read: () => Promise<T>): Promise<T> {
  return addDiskToDamage(source.diskId, () => meetingPages(service, source, read));
}

function placeOf({ node }: Source): At {
  return { domainId: node.domainId, regionId: node.regionId, root: node.root as Root };
}

function stateOf({ node, sizeBytes }: Source) {
  return { sizeBytes, root: node.root, version: node.version };
}
