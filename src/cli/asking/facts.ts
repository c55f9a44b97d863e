import type { Client } from '../../client/client.ts';
import { ClientError } from '../../client/errors.ts';
import type { Disk } from '../../client/service/disks.ts';
import { counted, formatSize } from '../sizes.ts';
import { type Line, line, when } from '../text.ts';

const HOUR_MS = 3_600_000;
/** Of queries for a plan, each for one thing. */
export const MOST_QUERIES = 4;

/** `web (d-…)`; the id alone if that is its name. */
export function called({ id, name }: { readonly id: string; readonly name: string }): string {
  return id === name ? id : `${name} (${id})`;
}

/** Until when what is deleted now can be brought back, by the clock of this machine, and how. */
export async function backFromTrash(client: Client, id: string): Promise<Line> {
  return backAfter(await client.trash.hours(), id);
}

export function backAfter(hours: number, id: string, nowMs = Date.now()): Line {
  if (hours === 0) return 'It cannot be brought back: the recycle bin of the account is off.';
  return backUntil(new Date(nowMs + hours * HOUR_MS).toISOString(), id);
}

export function backUntil(restorableUntil: string | null | undefined, id: string): Line {
  if (!restorableUntil) return 'It cannot be brought back.';
  return line`Until ${when(restorableUntil)}: varve trash restore ${id}`;
}

/** `web (d-…), 10.0 GiB with 3.20 GiB of data`. The last block may reach beyond the end. */
export function diskText(disk: Disk): string {
  const data =
    disk.sizes === null ? '' : ` with ${formatSize(Math.min(disk.sizes.totalBytes, disk.sizeBytes))} of data`;
  return `disk ${called(disk)}, ${formatSize(disk.sizeBytes)}${data}`;
}

/** A disk by its id, as others name it. */
export async function diskOf(client: Client, id: string): Promise<Disk> {
  const disk = await client.disks.get(id);
  if (disk === null) throw new ClientError('NotFound', `disk ${id} does not exist.`, { id });
  return disk;
}

/** What becomes of a disk's snapshots when it is released (rule 3.8). */
export async function snapshotsOf(
  client: Client,
  { id, deleteAutoSnapshots }: Disk,
): Promise<{ readonly goes: string[]; readonly stays: string[] }> {
  const chain = await client.account.chain(id);
  const [manual, auto] = [chain?.manualQuota.used ?? 0, chain?.autoQuota.used ?? 0];
  const autoText = auto === 0 ? [] : [counted(auto, 'automatic snapshot')];
  const manualText = manual === 0 ? [] : [counted(manual, 'manual snapshot')];
  return deleteAutoSnapshots
    ? { goes: autoText, stays: manualText }
    : { goes: [], stays: [...manualText, ...autoText.map((text) => `${text}, until each expires`)] };
}

/** Who loses what has not been committed yet. */
export function writerText({ lease }: Disk, breaks: boolean): string[] {
  if (lease === null || !breaks) return [];
  return [`what its writer ${lease.holder} has not committed yet`];
}

/** Why a change of the disk would be refused now. */
export function heldText({ lease }: Disk, breaks: boolean): string[] {
  if (lease === null || breaks) return [];
  return [`${lease.holder} holds it open for writing (--break-lease).`];
}

/** The newest snapshot that a disk could be rolled back to. */
export async function newestText(client: Client, { id, region }: Disk): Promise<Line> {
  const filter = { diskId: id, status: ['ACCOMPLISHED' as const] };
  const { nodes } = await client.snapshots.list({ region, filter, limit: 1 });
  const [newest] = nodes;
  if (newest === undefined) return 'It cannot be brought back: the disk has no snapshot.';
  const how = `varve snapshot rollback ${newest.id}`;
  return line`Only what a snapshot holds, the newest of ${when(newest.createdAt)}: ${how}`;
}
