import { asking, decide } from '../asking/decide.ts';
import { copyPlan, overwritePlan } from '../asking/sync-plan.ts';
import type { Command } from '../command.ts';
import { findDisk } from '../lookup.ts';
import { UsageError } from '../usage-error.ts';
import { refuseLeased } from './break-lease.ts';
import { finishCopy } from './disk-create.ts';
import { refuseForPipe, SOURCE_OPTIONS } from './source-options.ts';
import { readyThreads, report, SOURCE_SUMMARY, SYNC_JSON, upload, withSource } from './upload.ts';

export const diskSync: Command = asking({
  path: 'disk sync',
  summary: 'Make a disk equal to a raw image, a block device or standard input.',
  details: [
    'Only what differs is sent. Blocks that became zeros become holes. The disk changes in one step at the end.',
    'After Ctrl-C, the same command goes on where it stopped. After a kill it goes on at ' +
      'most some seconds before that place. Both hold for 24 hours.',
    'A source that ends before the disk does, such as a broken pipe, is refused, and the ' +
      'disk does not change. --zero-rest says that the end is intended.',
    'A file is always taken for a raw image here, whatever it looks like.',
    'Without SOURCE it finishes the copy of a snapshot or image that the disk waits for.',
    'It asks on a terminal before it overwrites what the disk holds.',
  ],
  args: [
    { name: 'DISK', summary: 'Id or name of the disk.' },
    { name: 'SOURCE', summary: SOURCE_SUMMARY, optional: true },
  ],
  options: SOURCE_OPTIONS,
  examples: [
    { does: 'Bring a disk up to date', line: 'varve disk sync web-root debian.img' },
    { does: 'From a running machine’s device', line: 'varve disk sync web-data /dev/vdb' },
    { does: 'From another machine', line: 'ssh web dd if=/dev/vdb bs=4M | varve disk sync web-data -' },
  ],
  json: `${SYNC_JSON} Without SOURCE, a disk as for \`disk show\`.`,
  run: async (context, input) => {
    const { args } = input;
    if (args[1] !== undefined) refuseForPipe(input, args[1], 'disk sync');
    await using threads = readyThreads(args[1]);
    const client = await context.client();
    const disk = await findDisk(client, args[0] as string, context.region);
    if (args[1] === undefined) {
      if (!disk.reencryption)
        throw new UsageError('SOURCE is missing: raw image file, block device, or -.', 'disk sync');
      if (!(await decide(context, input, () => copyPlan(disk)))) return;
      const ready = await finishCopy(context, client, disk);
      return context.console.result(ready, () => [`Disk ${ready.id} is ready.`]);
    }
    refuseLeased(disk);
    return await withSource(context, { path: args[1], input }, async (source) => {
      if (!(await decide(context, input, () => overwritePlan(client, disk, source)))) return;
      report(context, disk, await upload(context, client, { disk, source, input, isNew: false, threads }));
    });
  },
});
