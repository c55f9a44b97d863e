import { equal, patch, put, remove, type Write } from '../platform/catalogue/port.ts';
import { VarveError } from '../platform/errors.ts';
import type { ManifestSubject } from './contract.ts';
import type { EngineDeps } from './deps.ts';
import { entryKey } from './entries.ts';
import { type About, type Manifest, manifestKey, manifestPrefix, writeManifest } from './manifest.ts';
import { getNode, nodeKey } from './nodes.ts';
import { type EntryRow, entryEntity, manifestEntity, type NodeRow, nodeEntity } from './rows.ts';
import { asContents } from './writer.ts';

/** What the layers above know of a node or an account at this moment; undefined when it is nothing (any more). */
export type Describe = (subject: ManifestSubject) => Promise<About | undefined>;

const CLAIM_ATTEMPTS = 20; // each one lost to another worker at the same node
const LIST_PAGE = 1000;

/**
 * Brings the manifest of an entry's node up to date. Every change of a node leaves an entry, and every entry is followed by a claim
 * of the next number and, only after it, a reading of the rows. So the manifest with the highest number has seen every change whose entry
 * is done, whatever workers sleep, die, or do twice:
 *
 *     A: claims 7 … reads rows … (sleeps) ……………………………………… writes 7: older, and outnumbered
 *     B:                              change → entry → claims 8 … reads rows … writes 8
 *
 * A node that is gone leaves a manifest that says so, for a late writer must not bring it back.
 */
export async function save(deps: EngineDeps, describe: Describe, entry: EntryRow): Promise<'done'> {
  const subject = { accountId: entry.accountId, id: entry.nodeId, regionId: entry.regionId, domainId: entry.domainId };
  const number = await claim(deps, subject, entry.id);
  const node = await getNode(deps, subject.accountId, subject.id);
  const about = node?.hidden === true ? undefined : await describe(subject);
  const manifest = manifestOf(deps, subject, { number, node, about });
  const objects = deps.objects(subject.regionId);
  const key = manifestKey(subject, number);
  await objects.put(key, writeManifest(manifest));
  if (number > 1) await removeOlder(deps, subject, key);
  const end: Write[] = [remove(entryEntity, entryKey(entry))];
  if (node === undefined && about === undefined) {
    const { accountId, id: nodeId } = subject;
    end.push(remove(manifestEntity, { accountId, nodeId }, [equal('number', number)]));
  }
  const outcome = await deps.catalogue.transact(end);
  if (!outcome.ok) await deps.catalogue.transact(end.slice(0, 1)); // somebody else has a higher number
  return 'done';
}

function manifestOf(
  deps: EngineDeps,
  { accountId, id, regionId }: ManifestSubject,
  { number, node, about }: { number: number; node: NodeRow | undefined; about: About | undefined },
): Manifest {
  return {
    number,
    accountId,
    id,
    regionId,
    writtenAt: deps.clock.now(),
    ...(node !== undefined && { node: asContents(node) }),
    ...(about !== undefined && { about }),
  };
}

/** The next number; from here on, changes of the node leave an entry of their own. */
async function claim(deps: EngineDeps, { accountId, id }: ManifestSubject, entryId: string): Promise<number> {
  for (let attempt = 1; attempt <= CLAIM_ATTEMPTS; attempt++) {
    const row = await deps.catalogue.get(manifestEntity, { accountId, nodeId: id });
    const node = await getNode(deps, accountId, id);
    const number = (row?.number ?? 0) + 1;
    const next = { accountId, nodeId: id, number };
    const writes = [
      row === undefined ? put(manifestEntity, next) : put(manifestEntity, next, [equal('number', row.number)]),
    ];
    if (node?.saveId === entryId) {
      writes.push(patch(nodeEntity, nodeKey(node), { remove: ['saveId'], when: [equal('saveId', entryId)] }));
    }
    if ((await deps.catalogue.transact(writes)).ok) return number;
  }
  throw new VarveError('Throttled', `the manifest of ${id} is being written by many at once`, { retryAfterMs: 1000 });
}

async function removeOlder(deps: EngineDeps, subject: ManifestSubject, key: string): Promise<void> {
  const objects = deps.objects(subject.regionId);
  const page = await objects.list(manifestPrefix(subject), { limit: LIST_PAGE });
  await objects.remove(page.keys.map((found) => found.key).filter((found) => found < key));
}
