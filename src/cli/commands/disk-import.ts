import { asking, decide } from '../asking/decide.ts';
import { newDiskPlan, overwritePlan } from '../asking/sync-plan.ts';
import type { Command, Input } from '../command.ts';
import { findDisk } from '../lookup.ts';
import { noteSameName } from '../same-name.ts';
import { uploadFailure } from '../upload-failure.ts';
import { UsageError } from '../usage-error.ts';
import { refuseLeased } from './break-lease.ts';
import { ENCRYPTION_OPTIONS } from './disk-create.ts';
import { findOrCreate, refuseTags, removeMark } from './import-disk.ts';
import { FORMAT_OPTION, refuseFormatOfPipe, requireSizeOfPipe, takeForFormat } from './source-format.ts';
import { refuseForPipe, SOURCE_OPTIONS } from './source-options.ts';
import { TAG_OPTION } from './tags.ts';
import { readyThreads, report, SYNC_JSON, upload, withSource } from './upload.ts';

export const diskImport: Command = asking({
  path: 'disk import',
  summary: 'Make a disk from an image file, a block device or standard input.',
  details: [
    'Blocks that the service already has are not sent. The disk shows nothing of the image until all of it is there.',
    'After Ctrl-C, the same command goes on where it stopped. After a kill it goes on at ' +
      'most some seconds before that place. Both hold for 24 hours.',
    'A file may be smaller than --size: the rest of the new disk is zeros. Standard input ' +
      'must bring all of --size. If it ends earlier, as a broken pipe does, the import fails. ' +
      '--zero-rest says that the end is intended.',
    'All pipes look alike. If a pipe broke off, the next one goes on there only if both ' +
      'commands have the same --name, or if --disk names the disk.',
    'A file can be a raw, qcow2, VMDK, VHD or VHDX image. It is taken for what its contents and ' +
      'its name say, if they agree. If they do not, it is refused: a guest can write any header to ' +
      'its own raw disk. --format says what it is. Devices and standard input are always raw.',
    'Images with a backing or parent file, encrypted and damaged ones are refused. docs/images.md ' +
      'says what can be read.',
  ],
  args: [{ name: 'SOURCE', summary: 'Image file, block device, or - for standard input.' }],
  options: [
    {
      name: 'name',
      takes: 'text',
      value: 'NAME',
      summary: 'Name of the new disk. Default: the file’s name, if that can be the name of a disk.',
    },
    {
      name: 'size',
      takes: 'size',
      value: 'SIZE',
      summary: 'Size of the new disk. Default: the size of the source. Needed for standard input.',
    },
    {
      name: 'disk',
      takes: 'text',
      value: 'DISK',
      summary: 'Import to this disk, as disk sync does. Default: a new disk.',
    },
    FORMAT_OPTION,
    ...SOURCE_OPTIONS,
    ...ENCRYPTION_OPTIONS,
    TAG_OPTION,
  ],
  examples: [
    { does: 'An image file', line: 'varve disk import debian.img --name web-root' },
    { does: 'An image of a cloud', line: 'varve disk import noble-server-cloudimg-amd64.img --format qcow2' },
    { does: 'A block device', line: 'varve disk import /dev/vdb --name data' },
    { does: 'A compressed image', line: 'zstdcat disk.img.zst | varve disk import - --size 40G --name old' },
  ],
  json: SYNC_JSON,
  run: async (context, input) => {
    const path = input.args[0] as string;
    refuseMixture(input, path);
    refuseTags(input);
    refuseForPipe(input, path, 'disk import');
    await using threads = readyThreads(path);
    await withSource(context, { path, input, take: takeForFormat(context, input, 'disk import') }, async (source) => {
      const client = await context.client();
      const given = input.text('disk');
      if (given !== undefined) {
        const disk = await findDisk(client, given, context.region);
        refuseLeased(disk);
        if (!(await decide(context, input, () => overwritePlan(client, disk, source)))) return;
        return report(context, disk, await upload(context, client, { disk, source, input, isNew: false, threads }));
      }
      if (!(await decide(context, input, () => newDiskPlan(source)))) return;
      const target = await findOrCreate(context, client, source, input);
      const { disk, isMarked } = target;
      context.console.note(`Importing to disk ${disk.id} (${disk.name}).`);
      await noteSameName(context, 'disk', disk, client.disks.list);
      const found = isMarked ? 'SAME_COMMAND' : 'BY_ID';
      const done = await upload(context, client, { disk, source, input, isNew: true, found, threads });
      await removeMark(client, target, input).catch((error: unknown) => {
        throw uploadFailure(error, { disk, isNew: true, found, signal: context.signal });
      });
      return report(context, disk, done);
    });
  },
});

function refuseMixture(input: Input, path: string): void {
  const disk = input.has('disk');
  const other = ['name', 'size', 'encrypted', 'key', 'tag'].find((name) => disk && input.has(name));
  if (other !== undefined)
    throw new UsageError(`--${other} is for new disks and does not go with --disk.`, 'disk import');
  refuseFormatOfPipe(input, path, 'disk import');
  if (!disk) requireSizeOfPipe(input, path, 'disk import');
}
