import { equal, patch, put, remove } from '../../platform/catalogue/port.ts';
import { VarveError } from '../../platform/errors.ts';
import { entryKey } from '../books/entries.ts';
import { type About, type Manifest, manifestKey, manifestPrefix, writeManifest } from '../books/manifest.ts';
import { asContents, getNode, nodeKey } from '../books/nodes.ts';
import { type EntryRow, entryEntity, manifestEntity, type NodeRow, nodeEntity } from '../books/rows.ts';
import type { ManifestSubject } from '../contract.ts';
import type { EngineDeps } from '../deps.ts';

/**
 * What the layers above know of a node or an account at this moment; undefined when it is nothing
 * (any more).
 */
export type Describe = (subject: ManifestSubject) => Promise<About | undefined>;

const CLAIM_ATTEMPTS = 20; // each one lost to another worker at the same node
const LIST_PAGE = 1000;

/**
 * Brings the manifest of an entry's node up to date. Every change of a node leaves an entry, and
 * every entry is followed by a claim of the next number and, only after it, a reading of the rows.
 * So the manifest with the highest number has seen every change whose entry is done, whatever
 * workers sleep, die, or do twice:
 *
 *     A: claims 7 … reads rows … (sleeps) ……………………………………… writes 7: older, and outnumbered
 *     B:                              change → entry → claims 8 … reads rows … writes 8
 *
 * The first manifest of a snapshot has its number from the start, below all that are claimed. Its
 * writer says no less than was true when the snapshot was taken. Later changes have entries of
 * their own.
 *
 * A node that is gone leaves a manifest that says so, for a late writer must not bring it back.
 */
export async function save(deps: EngineDeps, describe: Describe, entry: EntryRow): Promise<'done'> {
  const subject = subjectOfEntry(entry);
  if (entry.manifest !== undefined) {
    if (await isWanted(deps, subject)) await write(deps, describe, subject, entry.manifest);
    await deps.catalogue.tryWrite(remove(entryEntity, entryKey(entry)));
    return 'done';
  }
  const number = await claim(deps, subject, entry.id);
  const { node, about } = await write(deps, describe, subject, number);
  if (mayHaveOlder(number, node)) await removeOlder(deps, subject, number);
  const over = remove(entryEntity, entryKey(entry));
  if (node === undefined && about === undefined) {
    const { accountId, id: nodeId } = subject;
    const forgotten = remove(manifestEntity, { accountId, nodeId }, [equal('number', number)]);
    if ((await deps.catalogue.transact([over, forgotten])).ok) return 'done';
  }
  // where it is not forgotten, somebody else has a higher number
  await deps.catalogue.tryWrite(over);
  return 'done';
}

/**
 * Whether the first manifest is still to be written: not where a change has claimed a number since,
 * as its manifest tells more, and has an entry of its own.
 */
async function isWanted({ catalogue }: EngineDeps, { accountId, id }: ManifestSubject): Promise<boolean> {
  const [claimed, node] = await Promise.all([
    catalogue.get(manifestEntity, { accountId, nodeId: id }),
    getNode({ catalogue }, accountId, id),
  ]);
  return claimed === undefined && node !== undefined;
}

async function write(deps: EngineDeps, describe: Describe, subject: ManifestSubject, number: number) {
  const node = await getNode(deps, subject.accountId, subject.id);
  const about = node?.hidden === true ? undefined : await describe(subject);
  const manifest = manifestOf(deps, subject, { number, node, about });
  await deps.objects(subject.regionId).put(manifestKey(subject, number), writeManifest(manifest));
  return { node, about };
}

/**
 * The first manifest of a snapshot that was just taken, by who took it, without reading anything
 * again. False where nothing is known of it, or the store fails: then the entry still stands.
 */
export async function saveFirst(
  deps: EngineDeps,
  entry: EntryRow,
  node: NodeRow,
  about: (() => Promise<object>) | undefined,
): Promise<boolean> {
  if (about === undefined || entry.manifest === undefined) return false;
  const subject = subjectOfEntry(entry);
  try {
    const manifest = manifestOf(deps, subject, { number: entry.manifest, node, about: { ...(await about()) } });
    await deps.objects(subject.regionId).put(manifestKey(subject, entry.manifest), writeManifest(manifest));
    await deps.catalogue.tryWrite(remove(entryEntity, entryKey(entry)));
    return true;
  } catch {
    return false; // the worker that is woken instead meets the same, and tells of it
  }
}

function subjectOfEntry({ accountId, nodeId, regionId, domainId }: EntryRow): ManifestSubject {
  return { accountId, id: nodeId, regionId, domainId };
}

/**
 * Only snapshots have a manifest below the first that is claimed; what a node was that is gone,
 * nobody knows any more.
 */
function mayHaveOlder(number: number, node: NodeRow | undefined): boolean {
  return number > 1 || (number === 1 && (node === undefined || node.kind === 'SNAPSHOT'));
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

async function removeOlder(deps: EngineDeps, subject: ManifestSubject, number: number): Promise<void> {
  const key = manifestKey(subject, number);
  const objects = deps.objects(subject.regionId);
  const page = await objects.list(manifestPrefix(subject), { limit: LIST_PAGE });
  await objects.remove(page.keys.map((found) => found.key).filter((found) => found < key));
}
