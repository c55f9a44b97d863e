import { BLOCK_BYTES, type ObjectId, type Root } from '../../engine/blocks/block.ts';
import { type Met, meetDamage } from '../../engine/health/damage.ts';
import type { MetBlock, MetBlockState, ReportDamageInput } from '../../generated/schema.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { VarveError } from '../../platform/errors.ts';
import { type Caller, isAllowed } from '../calls/caller.ts';
import { parseWhole, requireCount } from '../calls/numbers.ts';
import { domainEntity } from '../model/disks/rows.ts';
import type { Service } from '../service.ts';
import { BLOCK_INDEX, parseObjectId } from './commit.ts';
import { findSource, type Source } from './targets.ts';

const COUNT = { min: 1, max: 64 };
const READS_IN_FLIGHT = 8; // of at most 512 KiB each

interface Reported {
  readonly index: number;
  readonly id: ObjectId;
}

/**
 * A caller that may read a source may say what is damaged in it. It learns of no other contents,
 * and makes the service read none.
 */
export async function reportDamage(service: Service, caller: Caller, input: ReportDamageInput): Promise<MetBlock[]> {
  requireCount('blocks', input.blocks, COUNT);
  const reported = input.blocks.map(({ index, id }, at) => ({
    index: parseWhole(`blocks.${at}.index`, index, BLOCK_INDEX),
    id: parseObjectId(`blocks.${at}.id`, id),
  }));
  const source = await findSource(service, caller, input.source);
  const { keyId } = (await service.catalogue.get(domainEntity, { id: source.node.domainId })) ?? {};
  const trust = { sealed: keyId !== undefined, isTrusted: isAllowed(caller.role, 'OPERATOR') };
  return mapBounded(reported, READS_IN_FLIGHT, async (block) => ({
    id: block.id,
    state: await look(service, source, block, trust),
  }));
}

async function look(
  service: Service,
  { node }: Source,
  { index, id }: Reported,
  trust: Pick<Met, 'sealed' | 'isTrusted'>,
): Promise<MetBlockState> {
  const { domainId, regionId, root } = node;
  const span = { start: index, end: index + 1 };
  const { blocks } = await service.contents.blocks({ domainId, regionId, root: root as Root }, span, 1);
  if (blocks[0]?.index !== index || blocks[0].id !== id) return 'GONE';
  const place = { nodeId: node.id, offsetBytes: index * BLOCK_BYTES };
  return meetDamage(service, node, { id, isPage: false, place, ...trust });
}

/**
 * A page that the service cannot read: it is kept as if a reader had told of it, and the failure
 * goes on, with whether it is known now (`known`).
 */
export async function meetingPages<T>(service: Service, { node }: Source, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof VarveError) || error.code !== 'ObjectDamaged') throw error;
    const known = (await meetPage(service, node, error.extra)) === 'DAMAGED';
    throw new VarveError(error.code, error.message, { ...error.extra, known }, error);
  }
}

async function meetPage(service: Service, node: Source['node'], extra: VarveError['extra']): Promise<MetBlockState> {
  const id = parseObjectId('objectId', String(extra.objectId));
  const place = { nodeId: node.id, offsetBytes: Number(extra.offsetBytes ?? 0) };
  return meetDamage(service, node, { id, isPage: true, sealed: false, isTrusted: false, place });
}
