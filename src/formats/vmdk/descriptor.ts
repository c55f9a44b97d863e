import { damagedImage, unsupportedImage } from '../image-error.ts';

/** The text that describes a VMDK disk: VMware, "Virtual Disk Format 5.0". */
export interface Descriptor {
  readonly extents: readonly ExtentLine[];
}

/** One line of it: a part of the disk, in the order of the disk. */
export interface ExtentLine {
  readonly kind: 'FLAT' | 'SPARSE' | 'ZERO';
  readonly sectors: number;
  /** Of the file that holds it; none for ZERO. */
  readonly name: string;
  /** Where in the file it begins. */
  readonly startSector: number;
}

/** 64 GiB to 1 TiB in files of 2 GiB are usual; each is held open. */
const MOST_EXTENTS = 512;
const NO_PARENT = 'ffffffff';
const LINE =
  /^(?<access>RW|RDONLY|NOACCESS)\s+(?<sectors>\d{1,15})\s+(?<type>[A-Z]+)(?:\s+"(?<name>[^"]*)"(?:\s+(?<start>\d{1,15}))?)?\s*$/;

/** Throws also for what needs other files than its extents. */
export function parseDescriptor(text: string): Descriptor {
  const lines = text.split(/\r?\n|\0/).map((line) => line.trim());
  const parent = lines
    .map((line) => /^parentCID\s*=\s*"?([0-9a-fA-F]+)/.exec(line)?.[1])
    .find((id) => id !== undefined);
  const named = lines.some((line) => /^parentFileNameHint\s*=/.test(line));
  if (named || (parent !== undefined && parent.toLowerCase() !== NO_PARENT)) {
    throw unsupportedImage('vmdk', 'parent', 'holds only what differs from a parent disk');
  }
  const extents = lines.filter((line) => /^(RW|RDONLY|NOACCESS)\s/.test(line)).map(parseLine);
  if (extents.length > MOST_EXTENTS) {
    throw unsupportedImage('vmdk', 'extents', `consists of ${extents.length} parts, more than ${MOST_EXTENTS}`);
  }
  return { extents };
}

function parseLine(line: string): ExtentLine {
  const { access, sectors, type = '', name = '', start } = LINE.exec(line)?.groups ?? {};
  if (access === undefined || sectors === undefined) throw damagedImage('vmdk', 'it describes a part that cannot be');
  if (access === 'NOACCESS') throw unsupportedImage('vmdk', 'extent type', 'has a part without access');
  const place = { sectors: Number(sectors), name, startSector: Number(start ?? 0) };
  switch (type) {
    case 'FLAT':
    case 'VMFS':
      return { kind: 'FLAT', ...place };
    case 'SPARSE':
    case 'ZERO':
      return { kind: type, ...place };
    default:
      throw unsupportedImage('vmdk', 'extent type', `has a part of type ${type}`);
  }
}
