import type { Command } from '../command.ts';
import { findDisk } from '../lookup.ts';
import { DISK_JSON, diskLines } from './disk-show.ts';
import { oppositeFlags } from './opposite-flags.ts';
import { requireChange } from './require-change.ts';
import { TAG_CHANGE_OPTIONS, tagChange } from './tags.ts';

export const diskUpdate: Command = {
  path: 'disk update',
  summary: 'Change a disk’s name, tags, what goes with it, or until when it is paid.',
  details: [
    'Contents and size are changed by disk sync and disk resize, its policy by policy apply and policy cancel.',
  ],
  args: [{ name: 'DISK', summary: 'Id or name of the disk.' }],
  options: [
    { name: 'name', takes: 'text', value: 'NAME', summary: 'A new name.' },
    { name: 'delete-auto-snapshots', takes: 'nothing', summary: 'Delete its automatic snapshots together with it.' },
    { name: 'keep-auto-snapshots', takes: 'nothing', summary: 'Keep them until their own retention ends.' },
    {
      name: 'delete-with-instance',
      takes: 'nothing',
      summary: 'Release it together with the instance it is attached to.',
    },
    { name: 'keep-with-instance', takes: 'nothing', summary: 'Detach it when the instance is released, and keep it.' },
    {
      name: 'prepaid-until',
      takes: 'text',
      value: 'INSTANT',
      summary: 'Of a PREPAID disk: paid until then, later than before, such as 2027-01-31T00:00:00Z.',
    },
    ...TAG_CHANGE_OPTIONS,
  ],
  examples: [
    { does: 'Its automatic snapshots shall go with it', line: 'varve disk update web-data --delete-auto-snapshots' },
    { does: 'Pay for it longer', line: 'varve disk update build-cache --prepaid-until 2099-01-31T00:00:00Z' },
    { does: 'Rename it, and take a label away', line: 'varve disk update web-copy --name web-old --untag stage' },
  ],
  json: DISK_JSON,
  run: async ({ console, client: connect, region }, input) => {
    requireChange(input, diskUpdate);
    const path = 'disk update';
    const deleteAutoSnapshots = oppositeFlags(input, ['delete-auto-snapshots', 'keep-auto-snapshots'], path);
    const deleteWithInstance = oppositeFlags(input, ['delete-with-instance', 'keep-with-instance'], path);
    const tagsAfter = tagChange(input, path);
    const client = await connect();
    const { id: diskId, tags } = await findDisk(client, input.args[0] as string, region);
    const disk = await client.disks.update({
      diskId,
      name: input.text('name'),
      deleteAutoSnapshots,
      deleteWithInstance,
      expiresAt: input.text('prepaid-until'),
      tags: tagsAfter(tags),
    });
    console.result(disk, () => diskLines(disk));
  },
};
