/** A command that ends with a refusal: what it is given, and what it says with `--json`. */
export interface WrongCommand {
  readonly name: string;
  readonly args: readonly string[];
  /** The exit code. */
  readonly code: number;
  /** The code of the error. */
  readonly error: string;
  /** A part of its message. */
  readonly text: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const missingDisk = 'd-00000000000000000000';

/**
 * In an account with the disks `known`, `child` and two `twin`, and snapshots `first` and
 * `of-the-child`.
 */
export const WRONG_COMMANDS: readonly WrongCommand[] = [
  { name: 'an unknown command', args: ['disk', 'imprt'], code: 2, error: 'Usage', text: 'Did you mean' },
  {
    name: 'an option without its value',
    args: ['disk', 'create', '--size'],
    code: 2,
    error: 'Usage',
    text: '--size needs a value',
  },
  { name: 'a disk without size or origin', args: ['disk', 'create', 'x'], code: 2, error: 'Usage', text: '--size' },
  {
    name: 'standard input without a size',
    args: ['disk', 'import', '-'],
    code: 2,
    error: 'Usage',
    text: '--size is missing',
  },
  {
    name: 'options of new disks for an old one',
    args: ['disk', 'import', 'image.img', '--disk', 'known', '--name', 'x'],
    code: 2,
    error: 'Usage',
    text: '--name',
  },
  {
    name: 'a name that the service refuses',
    args: ['disk', 'create', '1x', '--size', '1M'],
    code: 2,
    error: 'InvalidParameter',
    text: 'NAME',
  },
  {
    name: 'a size that is too large',
    args: ['disk', 'create', 'big', '--size', '65T'],
    code: 2,
    error: 'InvalidParameter',
    text: '--size: must',
  },
  {
    name: 'a smaller size',
    args: ['disk', 'resize', 'known', '1M'],
    code: 2,
    error: 'InvalidParameter',
    text: 'SIZE: must',
  },
  {
    name: 'a long retention',
    args: ['snapshot', 'create', 'known', '--retention', '70000'],
    code: 2,
    error: 'InvalidParameter',
    text: '--retention: ',
  },
  {
    name: 'a data disk that is too large',
    args: ['instance', 'create', 'xy', '--system-size', '1G', '--data-disk', 'logs:65T'],
    code: 2,
    error: 'InvalidParameter',
    text: '--data-disk, value 1: must',
  },
  {
    name: 'a tag twice',
    args: ['disk', 'update', 'known', '--tag', 'a', '--tag', 'a'],
    code: 2,
    error: 'InvalidParameter',
    text: '--tag, value 2',
  },
  {
    name: 'snapshots of two disks',
    args: ['snapshot', 'diff', 'first', 'of-the-child'],
    code: 4,
    error: 'InvalidSnapshotDisk',
    text: 'Only snapshots of one disk can be compared',
  },
  { name: 'a name of two disks', args: ['disk', 'show', 'twin'], code: 2, error: 'AmbiguousName', text: '2 disks' },
  {
    name: 'an unknown disk by name',
    args: ['disk', 'show', 'nobody'],
    code: 3,
    error: 'NotFound',
    text: "no disk 'nobody'",
  },
  {
    name: 'an unknown disk by id',
    args: ['disk', 'delete', missingDisk],
    code: 3,
    error: 'NotFound',
    text: missingDisk,
  },
  {
    name: 'an unknown snapshot',
    args: ['snapshot', 'show', 'nobody'],
    code: 3,
    error: 'NotFound',
    text: "no snapshot 'nobody'",
  },
  { name: 'an unknown chain', args: ['chain', 'show', missingDisk], code: 3, error: 'NotFound', text: missingDisk },
  { name: 'an unknown job', args: ['job', 'show', 'j-nothing'], code: 3, error: 'NotFound', text: 'j-nothing' },
  {
    name: 'an unknown region',
    args: ['disk', 'list', '--region', 'mars'],
    code: 2,
    error: 'InvalidParameter',
    text: 'region',
  },
  {
    name: 'a source that does not exist',
    args: ['disk', 'import', 'nothing.img'],
    code: 1,
    error: 'SourceUnusable',
    text: 'does not exist',
  },
  {
    name: 'an empty source',
    args: ['disk', 'import', 'empty.img'],
    code: 1,
    error: 'SourceUnusable',
    text: 'is empty',
  },
  {
    name: 'a folder as a source',
    args: ['disk', 'import', '.'],
    code: 1,
    error: 'SourceUnusable',
    text: 'a directory',
  },
  {
    name: 'a source larger than the disk',
    args: ['disk', 'sync', 'known', 'large.img'],
    code: 4,
    error: 'SourceTooLarge',
    text: 'larger',
  },
  {
    name: 'a source larger than --size',
    args: ['disk', 'import', 'image.img', '--size', '1M'],
    code: 2,
    error: 'Usage',
    text: '--size 1048576 is less than the 1572864 bytes',
  },
  {
    name: 'an instance without a system disk',
    args: ['instance', 'create', 'x'],
    code: 2,
    error: 'Usage',
    text: '--system-size',
  },
  {
    name: 'a data disk without a size',
    args: ['instance', 'create', 'x', '--system-size', '1G', '--data-disk', 'logs'],
    code: 2,
    error: 'Usage',
    text: 'logs:20G',
  },
  {
    name: 'two origins',
    args: ['instance', 'create', 'x', '--image', 'a', '--snapshot', 'b'],
    code: 2,
    error: 'Usage',
    text: 'not both',
  },
  {
    name: 'an unknown instance',
    args: ['instance', 'start', 'nobody'],
    code: 3,
    error: 'NotFound',
    text: "no instance 'nobody'",
  },
  {
    name: 'an unknown image',
    args: ['image', 'share', 'nobody', 'a-00000000000000000000'],
    code: 3,
    error: 'NotFound',
    text: "no image 'nobody'",
  },
  {
    name: 'a policy without hours',
    args: ['policy', 'create', 'x'],
    code: 2,
    error: 'Usage',
    text: '--hours is missing',
  },
  {
    name: 'hours that are none',
    args: ['policy', 'create', 'x', '--hours', '8-'],
    code: 2,
    error: 'Usage',
    text: '--hours',
  },
  {
    name: 'hours that no day has',
    args: ['policy', 'create', 'xy', '--hours', '24'],
    code: 2,
    error: 'InvalidParameter',
    text: '--hours, value 1',
  },
  {
    name: 'a retention that is none',
    args: ['policy', 'create', 'x', '--hours', '1', '--retention', 'long'],
    code: 2,
    error: 'Usage',
    text: 'forever',
  },
  { name: 'runs of nothing', args: ['policy', 'runs'], code: 2, error: 'Usage', text: 'POLICY or --disk' },
  {
    name: 'an unknown policy',
    args: ['policy', 'apply', 'nobody', 'known'],
    code: 3,
    error: 'NotFound',
    text: "no policy 'nobody'",
  },
  {
    name: 'a day that no month has',
    args: ['usage', '--from', '2026-02-30'],
    code: 2,
    error: 'Usage',
    text: '--from',
  },
  {
    name: 'an unknown key',
    args: ['key', 'revoke', '0000000000000000'],
    code: 3,
    error: 'NotFound',
    text: '0000000000000000',
  },
  {
    name: 'an output that exists',
    args: ['disk', 'export', 'known', 'image.img'],
    code: 4,
    error: 'OutputExists',
    text: 'exists already',
  },
  {
    name: 'an output that is no file',
    args: ['disk', 'export', 'known', '.'],
    code: 1,
    error: 'OutputUnusable',
    text: 'is a directory',
  },
  {
    name: 'an output in no folder',
    args: ['disk', 'export', 'known', 'no/such/file'],
    code: 1,
    error: 'OutputUnusable',
    text: 'directory',
  },
  {
    name: 'a snapshot that a disk was made from',
    args: ['snapshot', 'delete', 'first'],
    code: 4,
    error: 'SnapshotUsedByDisk',
    text: 'not deleted',
  },
  {
    name: 'a rejected key',
    args: ['status', '--api-key', 'vk_wrong_key'],
    code: 7,
    error: 'Unauthenticated',
    text: '',
  },
  {
    name: 'nobody at the endpoint',
    args: ['status', '--endpoint', 'http://127.0.0.1:9'],
    code: 6,
    error: 'Unreachable',
    text: '127.0.0.1:9',
  },
  {
    name: 'an endpoint that is none',
    args: ['status', '--endpoint', 'localhost:80'],
    code: 2,
    error: 'Usage',
    text: 'localhost:80',
  },
  {
    name: 'no data folder',
    args: ['status', '--data', 'nowhere'],
    code: 6,
    error: 'Unreachable',
    text: 'nowhere',
    environment: { VARVE_ENDPOINT: '' },
  },
];
