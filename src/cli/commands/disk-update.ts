import type { Command } from '../command.ts';
import { findDisk } from '../lookup.ts';
import { DISK_JSON, diskLines } from './disk-show.ts';
import { oppositeFlags } from './opposite-flags.ts';
import { requireChange } from './require-change.ts';
import { TAG_CHANGE_OPTIONS, tagChange } from './tags.ts';

export const diskUpdate: Command = {
  path: 'disk update',
  summary: 'Change a disk’s name or tags, what is released with it, or the end of its paid time.',
  details: ['disk sync changes the contents, disk resize the size, and policy apply and policy cancel the policy.'],
  args: [{ name: 'DISK', summary: 'Id or name of the disk.' }],
  options: [
    { name: 'name', takes: 'text', value: 'NAME', summary: 'A new name.' },
    { name: 'delete-auto-snapshots', takes: 'nothing', summary: 'Delete its automatic snapshots when it is released.' },
    {
      name: 'keep-auto-snapshots',
      takes: 'nothing',
      summary: 'Keep its automatic snapshots until their retention ends.',
    },
    {
      name: 'delete-with-instance',
      takes: 'nothing',
      summary: 'Release it with the instance that it is attached to.',
    },
    {
      name: 'keep-with-instance',
      takes: 'nothing',
      summary: 'When the instance is released, detach the disk and keep it.',
    },
    {
      name: 'prepaid-until',
      takes: 'text',
      value: 'INSTANT',
      summary: 'The new end of the paid time of a PREPAID disk, later than before, such as 2027-01-31T00:00:00Z.',
    },
    ...TAG_CHANGE_OPTIONS,
  ],
  examples: [
    { does: 'Delete its automatic snapshots with it', line: 'varve disk update web-data --delete-auto-snapshots' },
    { does: 'Pay for it longer', line: 'varve disk update build-cache --prepaid-until 2099-01-31T00:00:00Z' },
    { does: 'Rename it, and remove a tag', line: 'varve disk update web-copy --name web-old --untag stage' },
  ],
  json: DISK_JSON,
  run: async ({ console, client: connect, region }, input) => {
    requireChange(input, diskUpdate);
    const path = 'disk update';
    const deleteAutoSnapshots = oppositeFlags(input, ['delete-auto-snapshots', 'keep-auto-snapshots'], path);
    const deleteWithInstance = oppositeFlags(input, ['delete-with-instance', 'keep-with-instance'], path);
    const tags = tagChange(input, path);
    const client = await connect();
    const { id: diskId } = await findDisk(client, input.args[0] as string, region);
    const disk = await client.disks.update({
      diskId,
      name: input.text('name'),
      deleteAutoSnapshots,
      deleteWithInstance,
      expiresAt: input.text('prepaid-until'),
      ...tags,
    });
    console.result(disk, () => diskLines(disk));
  },
};
