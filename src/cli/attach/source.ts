import type { Client } from '../../client/client.ts';
import { ClientError } from '../../client/errors.ts';
import type { Disk } from '../../client/service/disks.ts';
import type { Snapshot } from '../../client/service/snapshots.ts';
import { findDisk, findSnapshot } from '../lookup.ts';

/** What is attached. */
export type Source =
  | { readonly kind: 'disk'; readonly id: string; readonly name: string; readonly disk: Disk }
  | { readonly kind: 'snapshot'; readonly id: string; readonly name: string; readonly snapshot: Snapshot };

/** A disk or a snapshot, by its id or by a name that only one of either has. */
export async function findSource(client: Client, text: string, region: string | undefined): Promise<Source> {
  const disk = await absent(findDisk(client, text, region));
  const snapshot = text.startsWith('d-') ? undefined : await absent(findSnapshot(client, text, region));
  if (disk !== undefined && snapshot !== undefined) {
    const ids = [disk.id, snapshot.id];
    throw new ClientError(
      'AmbiguousName',
      `A disk and a snapshot are named '${text}': give an id, ${ids.join(' or ')}.`,
      { ids },
    );
  }
  if (disk !== undefined) return { kind: 'disk', id: disk.id, name: disk.name, disk };
  if (snapshot !== undefined) return { kind: 'snapshot', id: snapshot.id, name: snapshot.name, snapshot };
  throw new ClientError('NotFound', `There is no disk or snapshot '${text}'.`, { name: text });
}

async function absent<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof ClientError && error.code === 'NotFound') return undefined;
    throw error;
  }
}
