import type { Client } from '../client/client.ts';
import type { Disk } from '../client/service/disks.ts';
import type { Context } from './command.ts';

const MOST = 1000;
const TOLD = 3;

/** Names need not be unique, but who gives one to a command must say which disk is meant: tells so when another disk has this one's name. */
export async function noteSameName({ console, region }: Context, client: Client, { id, name }: Disk): Promise<void> {
  const { nodes } = await client.disks.list({ region, filter: { namePrefix: name }, limit: MOST });
  const others = nodes.filter((disk) => disk.name === name && disk.id !== id).map((disk) => disk.id);
  if (others.length === 0) return;
  const some = `${others.slice(0, TOLD).join(', ')}${others.length > TOLD ? ', …' : ''}`;
  console.note(
    `${others.length === 1 ? 'Another disk is' : `${others.length} other disks are`} named '${name}' too (${some}): name this one by its id, ${id}.`,
  );
}
