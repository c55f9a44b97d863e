import { parseMounts, parseSwaps } from './tables.ts';
import type { DeviceNumber, HostView } from './view.ts';

/** What uses something, as the rest of a sentence about it, such as `it is mounted on /mnt`. */
export type Uses = readonly string[] | 'UNKNOWN';

/** A device whose bytes lie in the one that is asked about, or the other way round. */
interface Overlapping {
  readonly number: DeviceNumber;
  readonly path: string;
  /** How it is called in a sentence. */
  readonly called: string;
}

/** What uses a block device, one of its partitions, or the disk that it is a partition of. */
export function usesOfDevice(number: DeviceNumber, view: HostView | undefined): Uses {
  const tables = view && readTables(view);
  if (!view || !tables) return 'UNKNOWN';
  return overlapping(view, number).flatMap(({ number: part, path, called }) => [
    ...tables.mounts
      .filter(({ device, source }) => device === part || isDevice(view, source, part))
      .map(({ mountPoint }) => `${called} is mounted on ${mountPoint}`),
    ...tables.swaps.filter((swap) => isDevice(view, swap, part)).map(() => `${called} is in use as swap space`),
    ...view.names(`${directory(part)}/holders`).map((holder) => `${called} is part of ${describeHolder(view, holder)}`),
    ...loops(view)
      .filter(({ backing }) => backing === path || isDevice(view, backing, part))
      .map(({ device }) => `${called} is behind ${device}`),
  ]);
}

/** What uses a regular file as a device; `identity` as of {@link HostView.fileOf}. */
export function usesOfFile(identity: string, view: HostView | undefined): Uses {
  const tables = view && readTables(view);
  if (!view || !tables) return 'UNKNOWN';
  return [
    ...tables.swaps.filter((swap) => view.fileOf(swap) === identity).map(() => 'it is in use as swap space'),
    ...loops(view)
      .filter(({ backing }) => view.fileOf(backing) === identity)
      .map(({ device }) => `it is behind ${device}`),
  ];
}

/** Undefined where nothing is to be seen, as in some containers. */
function readTables(view: HostView) {
  const mountinfo = view.text('/proc/self/mountinfo');
  if (mountinfo === undefined || view.names('/sys/dev/block').length === 0) return undefined;
  return { mounts: parseMounts(mountinfo), swaps: parseSwaps(view.text('/proc/swaps') ?? '') };
}

function overlapping(view: HostView, number: DeviceNumber): Overlapping[] {
  const folder = directory(number);
  const own = { number, path: pathOf(view, number), called: 'it' };
  const parts = view.names(folder).flatMap((name) => {
    const part = view.text(`${folder}/${name}/partition`) && view.text(`${folder}/${name}/dev`)?.trim();
    return part ? [{ number: part, path: `/dev/${name}`, called: `its partition /dev/${name}` }] : [];
  });
  const whole = view.text(`${folder}/partition`) && view.text(`${folder}/../dev`)?.trim();
  const disk = whole && pathOf(view, whole);
  return [own, ...parts, ...(whole && disk ? [{ number: whole, path: disk, called: `its disk ${disk}` }] : [])];
}

const directory = (number: DeviceNumber): string => `/sys/dev/block/${number}`;

function pathOf(view: HostView, number: DeviceNumber): string {
  return `/dev/${view.link(directory(number))?.split('/').at(-1) ?? number}`;
}

function isDevice(view: HostView, path: string, number: DeviceNumber): boolean {
  return path.startsWith('/dev/') && view.deviceOf(path) === number;
}

/**
 * Files that are served as loop devices. A file that was removed meanwhile has the word behind its
 * name.
 */
function loops(view: HostView): { readonly device: string; readonly backing: string }[] {
  return view.names('/sys/block').flatMap((name) => {
    const backing = name.startsWith('loop') ? view.text(`/sys/block/${name}/loop/backing_file`) : undefined;
    return backing
      ? [{ device: `/dev/${name}`, backing: backing.replace(/\n$/, '').replace(/ \(deleted\)$/, '') }]
      : [];
  });
}

/** Of the device mapper, the name that its users gave, and which of them that was. */
function describeHolder(view: HostView, name: string): string {
  const mapped = view.text(`/sys/block/${name}/dm/name`)?.trim();
  if (mapped) {
    const by = view.text(`/sys/block/${name}/dm/uuid`)?.split('-', 1)[0]?.trim();
    return `/dev/mapper/${mapped}${by ? ` (${by})` : ''}`;
  }
  return `/dev/${name}${view.names(`/sys/block/${name}/md`).length > 0 ? ' (RAID)' : ''}`;
}
