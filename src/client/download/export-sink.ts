import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import { Qcow2Writer } from '../../formats/qcow2/writer.ts';
import type { ProvedBlocks } from './block-maps.ts';
import type { ExportWalk } from './export-walk.ts';
import { PackedBlocks, placePlain } from './pack-blocks.ts';
import type { OutputForm } from './partial.ts';
import { type PlaceOf, placePart } from './place-blocks.ts';
import { writeEach } from './write-at.ts';

/** Takes the parts of a disk in order, and makes a file or device of them. */
export interface ExportSink {
  /** Adds the part of the disk that begins with block `from`. */
  add(part: ProvedBlocks, from: number): Promise<void>;
  /**
   * To be called when all has been written. Returns the file's length, if that is not the disk's.
   */
  finish(): Promise<number | undefined>;
}

export function createSink(walk: ExportWalk, sizeBytes: number, form: OutputForm | undefined): ExportSink {
  if (form === undefined) return rawSink(walk);
  const writer = new Qcow2Writer({ sizeBytes, compression: form });
  const packed = form === 'none' ? undefined : new PackedBlocks(walk, { writer, compression: form, sizeBytes });
  const placeOf: PlaceOf = (index) => placePlain({ writer, sizeBytes }, index);
  return {
    add: async (part, from) => {
      if (packed) return packed.addPart(part, from);
      await placePart(walk, part, { from, placeOf });
      await writeEach(walk.output.fd, writer.takeWrites());
    },
    finish: async () => {
      const { writes, fileBytes } = writer.finish();
      await writeEach(walk.output.fd, writes);
      return fileBytes;
    },
  };
}

function rawSink(walk: ExportWalk): ExportSink {
  const placeOf: PlaceOf = (index) => ({ at: index * BLOCK_BYTES, bytes: BLOCK_BYTES });
  return {
    add: (part, from) => placePart(walk, part, { from, placeOf }),
    finish: async () => undefined,
  };
}
