import type { NodeRow } from '../../engine/books/rows.ts';
import { patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { placeToVerify } from '../model/chains/verify-place.ts';
import type { ScrubDeps } from './run.ts';

/**
 * All contents of a chain have been read back. Refused where it is none, as of an image, or gone.
 */
export async function noteVerified(
  { service }: Pick<ScrubDeps, 'service'>,
  { accountId, chainId }: Pick<NodeRow, 'accountId' | 'chainId'>,
): Promise<void> {
  const at = isoTime(service.clock.now());
  const set = { lastVerifiedAt: at, ...placeToVerify(chainId, at) };
  await service.catalogue.transact([patch(chainEntity, { accountId, id: chainId }, { set })]);
}
