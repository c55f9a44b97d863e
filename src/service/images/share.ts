import { equal, patch, put, remove, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid, VarveError } from '../../platform/errors.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { requireCount } from '../calls/numbers.ts';
import { findOwnImage } from '../model/images/find.ts';
import { type ImageRow, imageEntity, imageShareEntity } from '../model/images/rows.ts';
import type { Service } from '../service.ts';
import { missingAccount } from './known-accounts.ts';

/** As many as one transaction can take back together with the image. */
const MAX_SHARES = 64;

/** Rule 6.2. */
export async function shareImage(
  service: Service,
  caller: Caller,
  { imageId, accountIds }: { readonly imageId: string; readonly accountIds: readonly string[] },
): Promise<ImageRow> {
  const wanted = parseAccounts(caller, accountIds);
  const found = await findOwnImage(service.catalogue, caller, imageId);
  requireShareable(found);
  const further = wanted.filter((id) => !found.sharedWith.includes(id));
  const missing = await missingAccount(service, caller, further);
  if (missing !== undefined) throw invalid(`accountIds.${wanted.indexOf(missing)}`, 'no account has this id');
  return changeShares(service, caller, imageId, (image) => {
    requireShareable(image);
    const added = wanted.filter((id) => !image.sharedWith.includes(id));
    const sharedWith = [...image.sharedWith, ...added];
    if (sharedWith.length > MAX_SHARES) throw invalid('accountIds', `an image is shared with at most ${MAX_SHARES}`);
    const createdAt = isoTime(service.clock.now());
    const { accountId: ownerAccountId, region } = image;
    const writes = added.map((toAccountId) =>
      put(imageShareEntity, { toAccountId, imageId, ownerAccountId, region, createdAt }, 'any'),
    );
    return { sharedWith, writes };
  });
}

export function unshareImage(
  service: Service,
  caller: Caller,
  { imageId, accountIds }: { readonly imageId: string; readonly accountIds: readonly string[] },
): Promise<ImageRow> {
  const unwanted = parseAccounts(caller, accountIds);
  return changeShares(service, caller, imageId, (image) => {
    const gone = image.sharedWith.filter((id) => unwanted.includes(id));
    const writes = gone.map((toAccountId) => remove(imageShareEntity, { toAccountId, imageId }));
    return { sharedWith: image.sharedWith.filter((id) => !gone.includes(id)), writes };
  });
}

/** The data key of an encrypted image is the owner's, and never another's. */
function requireShareable({ id, keyId }: ImageRow): void {
  if (keyId === undefined) return;
  throw new VarveError('EncryptedImageNotShareable', `Image ${id} is encrypted.`, { imageId: id });
}

function changeShares(
  service: Service,
  caller: Caller,
  imageId: string,
  decide: (image: ImageRow) => { readonly sharedWith: readonly string[]; readonly writes: readonly Write[] },
): Promise<ImageRow> {
  return untilAccepted(service, async () => {
    const image = await findOwnImage(service.catalogue, caller, imageId);
    const { sharedWith, writes } = decide(image);
    if (writes.length === 0) return { ok: true, value: image };
    const key = { accountId: image.accountId, id: imageId };
    const change = { set: { sharedWith }, add: { shares: 1 }, when: [equal('shares', image.shares)] };
    const result = await service.catalogue.transact([
      patch(imageEntity, key, change),
      ...writes,
      service.tree.noted({ ...image, regionId: image.region }),
    ]);
    if (!result.ok) return { ok: false, refused: result.failed };
    return { ok: true, value: { ...image, sharedWith, shares: image.shares + 1 } };
  });
}

function parseAccounts(caller: Caller, accountIds: readonly string[]): readonly string[] {
  requireCount('accountIds', accountIds, { min: 1, max: MAX_SHARES });
  for (const [at, id] of accountIds.entries()) {
    if (!/^[a-z][a-z0-9-]{1,62}$/.test(id)) throw invalid(`accountIds.${at}`, 'is no account id');
    if (id === caller.accountId) throw invalid(`accountIds.${at}`, 'is the owner');
    if (accountIds.indexOf(id) !== at) throw invalid(`accountIds.${at}`, 'is given twice');
  }
  return accountIds;
}
