import { ClientError } from '../errors.ts';
import type { Disks } from '../service/disks.ts';
import type { Snapshots } from '../service/snapshots.ts';
import { type ExpectedContents, requireStated } from './proved-pages.ts';

/**
 * What the service says of a disk or snapshot itself, apart from its maps: a lie has to be told
 * twice to pass. `given` is what the caller knows, which no answer can talk away.
 */
export async function expectContents(
  { disks, snapshots }: { readonly disks: Pick<Disks, 'get'>; readonly snapshots: Pick<Snapshots, 'get'> },
  id: string,
  given: ExpectedContents | undefined,
): Promise<ExpectedContents | undefined> {
  const stated = id.startsWith('s-') ? await ofSnapshot(snapshots, id) : await ofDisk(disks, id);
  if (stated !== undefined && given !== undefined) requireStated(id, given, stated);
  return stated ?? given;
}

async function ofDisk(disks: Pick<Disks, 'get'>, id: string) {
  const disk = await disks.get(id);
  return disk === null ? undefined : { root: disk.root, sizeBytes: disk.sizeBytes, version: disk.version };
}

async function ofSnapshot(snapshots: Pick<Snapshots, 'get'>, id: string) {
  const snapshot = await snapshots.get(id);
  if (snapshot === null) return undefined;
  if (snapshot.status === 'PROGRESSING') throw new ClientError('SnapshotNotReady', `Snapshot ${id} is not ready yet.`);
  return { root: snapshot.root, sizeBytes: snapshot.sourceDisk.sizeBytes };
}
