import type { Disk } from '../../client/service/disks.ts';
import { asking, decide } from '../asking/decide.ts';
import { called, diskText, heldText, newestText, writerText } from '../asking/facts.ts';
import type { Command } from '../command.ts';
import { findDisk, findInstance } from '../lookup.ts';
import { BREAK_LEASE_OPTION } from './break-lease.ts';
import { DISK_JSON, diskLines } from './disk-show.ts';

const DISK_ARG = { name: 'DISK', summary: 'Id or name of the disk.' };

export const instanceAttach: Command = {
  path: 'instance attach',
  summary: 'Attach a disk to an instance.',
  details: ['A SHARED disk can be attached to several instances. Every other disk can be attached to one.'],
  args: [{ name: 'INSTANCE', summary: 'Id or name of the instance.' }, DISK_ARG],
  options: [],
  examples: [{ does: 'Attach a data disk', line: 'varve instance attach web web-data' }],
  json: DISK_JSON,
  run: async ({ console, client: connect, region }, { args }) => {
    const client = await connect();
    const { id: instanceId } = await findInstance(client, args[0] as string, region);
    const { id: diskId } = await findDisk(client, args[1] as string, region);
    const disk = await client.disks.attach({ diskId, instanceId });
    console.result(disk, () => diskLines(disk));
  },
};

export const instanceDetach: Command = asking({
  path: 'instance detach',
  summary: 'Detach a data disk from an instance.',
  details: ['It asks on a terminal only if a writer would lose what it has not committed.'],
  args: [{ name: 'INSTANCE', summary: 'Id or name of the instance.' }, DISK_ARG],
  options: [BREAK_LEASE_OPTION],
  examples: [{ does: 'Detach a data disk', line: 'varve instance detach web web-data' }],
  json: DISK_JSON,
  run: async (context, input) => {
    const { console, client: connect, region } = context;
    const client = await connect();
    const instance = await findInstance(client, input.args[0] as string, region);
    const found = await findDisk(client, input.args[1] as string, region);
    const breakLease = input.has('break-lease');
    const plan = () => ({
      doing: `detach disk ${called(found)} from instance ${called(instance)}`,
      goes: writerText(found, breakLease),
      stays: ['the disk, and what was committed to it'],
      back: 'What was not committed cannot be brought back.',
      refusals: heldText(found, breakLease),
    });
    if (!(await decide(context, input, plan))) return;
    const disk = await client.disks.detach({ diskId: found.id, instanceId: instance.id, breakLease });
    console.result(disk, () => diskLines(disk));
  },
});

export const diskReinitialize: Command = asking({
  path: 'disk reinitialize',
  summary: 'Return a disk to what it was made from: its snapshot or image, or zeros.',
  details: [
    'What it holds now is lost unless a snapshot has it. If it is attached to an instance, ' +
      'the instance must be STOPPED.',
  ],
  args: [DISK_ARG],
  options: [
    { name: 'start-instance', takes: 'nothing', summary: 'Start the instance afterwards.' },
    BREAK_LEASE_OPTION,
  ],
  examples: [{ does: 'Begin again', line: 'varve disk reinitialize web-root' }],
  json: DISK_JSON,
  run: async (context, input) => {
    const { console, client: connect, region } = context;
    const client = await connect();
    const found = await findDisk(client, input.args[0] as string, region);
    const options = { startInstance: input.has('start-instance'), breakLease: input.has('break-lease') };
    const plan = async () => ({
      doing: `return disk ${called(found)} to ${originText(found)}`,
      goes: [`the contents of ${diskText(found)}`, ...writerText(found, options.breakLease)],
      stays: ['its snapshots, its size, its policy and its tags'],
      back: await newestText(client, found),
      refusals: heldText(found, options.breakLease),
    });
    if (!(await decide(context, input, plan))) return;
    const disk = await client.disks.reinitialize({ diskId: found.id, ...options });
    console.result(disk, () => diskLines(disk));
  },
});

function originText({ origin: { snapshotId, imageId } }: Disk): string {
  if (imageId !== null) return `image ${imageId}`;
  return snapshotId === null ? 'zeros' : `snapshot ${snapshotId}`;
}
