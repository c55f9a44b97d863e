import { randomUUID } from 'node:crypto';
import type { Command } from '../command.ts';
import { uploadFailure } from '../upload-failure.ts';
import { ENCRYPTION_OPTIONS } from './disk-create.ts';
import { IMAGE_JSON, imageLines } from './image.ts';
import { findOrCreate, refuseTags, removeMark } from './import-disk.ts';
import { FORMAT_OPTION, refuseFormatOfPipe, requireSizeOfPipe, takeForFormat } from './source-format.ts';
import { refuseForPipe, SOURCE_OPTIONS } from './source-options.ts';
import { parseTags, TAG_OPTION } from './tags.ts';
import { readyThreads, upload, withSource } from './upload.ts';

export const imageImport: Command = {
  path: 'image import',
  summary: 'Make an image from an image file, a block device or standard input.',
  details: [
    'The file is imported as by disk import, with the same formats and the same refusals. Then a ' +
      'snapshot of the disk is taken, an image is made of that, and the disk is released.',
    'The snapshot stays as long as the image does. It takes no room of its own.',
    'After Ctrl-C or a kill, the same command goes on where it stopped, as that of disk import ' + 'does.',
  ],
  args: [{ name: 'SOURCE', summary: 'Image file, block device, or - for standard input.' }],
  options: [
    {
      name: 'name',
      takes: 'text',
      value: 'NAME',
      summary: 'Name of the image. Default: the file’s name, if that can be a name.',
    },
    {
      name: 'size',
      takes: 'size',
      value: 'SIZE',
      summary: 'Size. Default: the size of the source. Needed for standard input.',
    },
    FORMAT_OPTION,
    ...SOURCE_OPTIONS,
    ...ENCRYPTION_OPTIONS,
    TAG_OPTION,
  ],
  examples: [
    {
      does: 'An image of a cloud',
      line: 'varve image import debian-12.qcow2 --name debian-12',
    },
  ],
  json: IMAGE_JSON,
  run: async (context, input) => {
    const path = input.args[0] as string;
    refuseTags(input);
    refuseForPipe(input, path, 'image import');
    refuseFormatOfPipe(input, path, 'image import');
    requireSizeOfPipe(input, path, 'image import');
    await using threads = readyThreads(path);
    await withSource(context, { path, input, take: takeForFormat(context, input, 'image import') }, async (source) => {
      const client = await context.client();
      const target = await findOrCreate(context, client, source, input);
      const { disk, isMarked } = target;
      context.console.note(`Importing to disk ${disk.id} (${disk.name}), which is released in the end.`);
      const found = isMarked ? 'SAME_COMMAND' : 'BY_ID';
      await upload(context, client, { disk, source, input, isNew: true, found, threads });
      try {
        await removeMark(client, target, input);
        const snapshot = await client.snapshots.create({ diskId: disk.id, clientToken: `image-import-${disk.id}` });
        const image = await client.images.create({
          snapshotId: snapshot.id,
          name: disk.name === disk.id ? undefined : disk.name,
          tags: parseTags(input.texts('tag')),
          clientToken: randomUUID(),
        });
        context.consent.isGiven = true; // the disk is of this command's own making
        await client.disks.release({ diskId: disk.id });
        context.console.result(image, () => imageLines(image));
      } catch (error) {
        throw uploadFailure(error, { disk, isNew: true, found, signal: context.signal });
      }
    });
  },
};
