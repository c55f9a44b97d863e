import { OTHER_REGION } from '../support/api.ts';

/** A command that deletes or overwrites, in the scene of asking.test.ts. */
export interface AskingScene {
  readonly name: string;
  /** Words in capitals stand for ids that the scene has. */
  readonly args: readonly string[];
  /** What the dry run says. */
  readonly goes: string;
  readonly stays?: string;
  /** What the question says as well, in one line. */
  readonly shows: string;
  /** False: nothing is lost, and nothing is asked. */
  readonly asks?: boolean;
}

/** Those that need an installation of their own, or a function. */
export const LOCAL_ASKING: Readonly<Record<string, string>> = {
  'server trust-clock': 'operators-watch.test.ts',
  'account arrears': 'below, as it needs a function',
  rebuild: 'below, as it needs a folder',
};

const NOTHING = 'Nothing is deleted or overwritten.';

export const ASKING_SCENES: readonly AskingScene[] = [
  {
    name: 'release of a disk',
    args: ['disk', 'delete', 'web'],
    goes: 'disk web (d-',
    stays: '2 manual snapshots',
    shows: 'h): varve trash restore d-',
  },
  {
    name: 'reinitialisation',
    args: ['disk', 'reinitialize', 'web'],
    goes: 'the contents of disk web (d-',
    stays: 'its snapshots',
    shows: 'to zeros.',
  },
  {
    name: 'sync',
    args: ['disk', 'sync', 'rolled', 'image.img'],
    goes: 'what disk rolled (d-',
    stays: 'its snapshots',
    shows: 'varve snapshot rollback s-',
  },
  {
    name: 'sync of an empty disk',
    args: ['disk', 'sync', 'empty', 'other.img', '--zero-rest'],
    goes: NOTHING,
    shows: '',
    asks: false,
  },
  {
    name: 'import to a disk',
    args: ['disk', 'import', 'image.img', '--disk', 'idle'],
    goes: 'what disk idle (d-',
    shows: 'the disk has no snapshot',
  },
  { name: 'import', args: ['disk', 'import', 'other.img', '--name', 'fresh'], goes: NOTHING, shows: '', asks: false },
  {
    name: 'export over a file',
    args: ['disk', 'export', 'web', 'precious.img', '--force'],
    goes: 'the file precious.img, 8 B, written ',
    shows: 'It cannot be brought back.',
  },
  { name: 'export', args: ['disk', 'export', 'web', 'new.img'], goes: NOTHING, shows: '', asks: false },
  {
    name: 'export of a snapshot over a file',
    args: ['snapshot', 'export', 'monday', 'precious.img', '--force'],
    goes: 'the file precious.img, 8 B, written ',
    shows: 'It cannot be brought back.',
  },
  {
    name: 'deletion of snapshots',
    args: ['snapshot', 'delete', 'before'],
    goes: 'Would free',
    shows: 'snapshot before (s-',
  },
  {
    name: 'rollback',
    args: ['snapshot', 'rollback', 'before'],
    goes: 'Would be lost: 1.50 MiB changed since ',
    shows: 'all snapshots, also later ones',
  },
  {
    name: 'unpinning',
    args: ['snapshot', 'unpin', 'pinned'],
    goes: 'its protection against deletion',
    shows: 'varve snapshot pin s-',
  },
  {
    name: 'a shorter retention',
    args: ['snapshot', 'retain', 'monday', '7'],
    goes: 'the rest of the time that it is kept now: for 30 days',
    shows: 'varve snapshot retain s-',
  },
  {
    name: 'a longer retention',
    args: ['snapshot', 'retain', 'monday', '60'],
    goes: NOTHING,
    shows: '',
    asks: false,
  },
  {
    name: 'the end of a copy',
    args: ['snapshot', 'cancel-copy', 'COPY', '--region', OTHER_REGION],
    goes: 'what is copied of it: ',
    stays: 'snapshot s-',
    shows: 'It can begin again: varve snapshot copy',
  },
  {
    name: 'purging',
    args: ['trash', 'purge', 'gone'],
    goes: 'disk gone (d-',
    shows: 'It cannot be brought back.',
  },
  {
    name: 'a shorter time in the recycle bin',
    args: ['trash', 'set', '2'],
    goes: '22 hours to undo a deletion in',
    shows: 'what was deleted before',
  },
  {
    name: 'deletion of an image',
    args: ['image', 'delete', 'golden'],
    goes: 'its share with ',
    stays: 'snapshot s-',
    shows: 'varve trash restore m-',
  },
  {
    name: 'the end of a share',
    args: ['image', 'unshare', 'golden', 'OTHER_ACCOUNT'],
    goes: 'its use by ',
    shows: 'varve image share m-',
  },
  {
    name: 'the end of an export',
    args: ['image', 'cancel-export', 'EXPORT'],
    goes: 'what is written of its file',
    shows: 'It can begin again: varve image export m-',
  },
  {
    name: 'the end of an import',
    args: ['image', 'cancel-import', 'IMPORT'],
    goes: 'what is read of its file',
    shows: 'It can begin again: varve image import-stored imports/',
  },
  {
    name: 'detaching, without a writer',
    args: ['instance', 'detach', 'box', 'logs'],
    goes: NOTHING,
    shows: '',
    asks: false,
  },
  {
    name: 'release of an instance',
    args: ['instance', 'release', 'box'],
    goes: 'the instance, which cannot be brought back',
    shows: 'varve trash restore d-',
  },
  {
    name: 'another system disk',
    args: ['instance', 'replace-system-disk', 'box', '--system-size', '2M'],
    goes: 'the old disk ',
    stays: 'the instance and its data disks',
    shows: 'varve trash restore d-',
  },
  {
    name: 'deletion of a policy',
    args: ['policy', 'delete', 'nightly'],
    goes: 'its further snapshots of 1 disk',
    stays: 'the snapshots that it has made',
    shows: 'It cannot be brought back.',
  },
  {
    name: 'removal from a policy',
    args: ['policy', 'cancel', 'idle'],
    goes: 'snapshots of disk idle (d-',
    shows: 'varve policy apply sp-',
  },
  {
    name: 'the end of a key',
    args: ['key', 'revoke', 'KEY'],
    goes: 'the access of all that use it, as VIEWER',
    shows: 'varve key create',
  },
  {
    name: 'removal of a webhook',
    args: ['webhook', 'remove', 'WEBHOOK'],
    goes: 'the webhook of https://hooks.example.com/varve, and its secret',
    shows: 'It cannot be brought back.',
  },
  {
    name: 'another description of a webhook',
    args: ['webhook', 'update', 'WEBHOOK', '--description', 'ours'],
    goes: NOTHING,
    shows: '',
    asks: false,
  },
  {
    name: 'removal of an objective',
    args: ['objective', 'remove', 'tier=gold'],
    goes: 'the watch over its disks: 4 hours',
    shows: 'varve objective set tier=gold 4',
  },
  {
    name: 'removal of a profile',
    args: ['profile', 'remove', 'work'],
    goes: 'the endpoint https://varve.example.com/graphql and its API key',
    stays: 'varve key revoke',
    shows: 'varve login',
  },
];
