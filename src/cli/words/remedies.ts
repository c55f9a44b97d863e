import { NOT_PROVED } from '../../client/download/contradiction.ts';
import { isBadPlace } from '../../client/errno.ts';
import type { ClientErrorCode } from '../../client/errors.ts';

type Extra = Readonly<Record<string, unknown>>;

/** The command at hand. */
export interface AtHand {
  /** Such as `disk import`. */
  readonly path: string;
  readonly options: readonly string[];
}

type Remedy = string | ((extra: Extra, command: AtHand) => string);

const again = ({ path }: AtHand) => (path === '' ? 'varve' : `varve ${path}`);
const help = (command: AtHand) => `See: ${again(command)} --help`;

/** An id or a name that the service gave with the refusal; `word` where it gave none. */
const idOf = (extra: Extra, field: string, word: string): string => {
  const id = extra[field];
  return typeof id === 'string' && /^[\w-]+$/.test(id) ? id : word;
};

/** One text if the command has the option, and another one if it has not. */
const ifHas =
  (option: string, has: string, otherwise: Remedy): Remedy =>
  (extra, command) =>
    command.options.includes(option) ? has : said(otherwise, extra, command);

const said = (remedy: Remedy, extra: Extra, command: AtHand): string =>
  typeof remedy === 'string' ? remedy : remedy(extra, command);

const repeat: Remedy = (_, command) => `Run ${again(command)} again in a moment.`;
const lessAtOnce: Remedy = ifHas('limit', 'Ask for less at once, with a smaller --limit.', (_, command) =>
  help(command),
);

/**
 * What to do next, for each code: a command or an option. A code without a remedy does not compile.
 * `null`: the person has stopped the command, and its message says what goes on from there.
 */
const REMEDIES: Readonly<Record<ClientErrorCode, Remedy | null>> = {
  Interrupted: null,
  ImportFormatUnclear: 'Say with --format what it is: varve image import-stored KEY --format FORMAT',
  ImportSourceChanged: 'Import it again once nothing writes to it: varve image import-stored KEY',
  ImportTooLarge: 'Import it from this machine: varve image import FILE',
  JobFailed: 'varve job list says what works in the background.',
  TimedOut: 'It goes on without the command. varve job list says how far it is.',
  Unreachable: 'varve status says which service is meant. On this machine varve server starts one.',
  BadAnswer: 'varve status says which service is meant. --endpoint names another one.',
  SourceUnusable: (extra, command) =>
    isBadPlace(extra.errno) && command.options.includes('on-read-error')
      ? 'With --on-read-error zero, what cannot be read becomes zeros and is listed.'
      : help(command),
  SourceFormat: ifHas('format', 'Say with --format what it is.', 'varve disk import --format says what a file is.'),
  SourceInUse: ifHas(
    'live',
    'Unmount it first, or read a snapshot of it. --live reads it as it is, while others may write to it.',
    (_, command) => `Unmount it first, or read a snapshot of it. ${help(command)}`,
  ),
  SourceChanged: ifHas(
    'allow-change',
    'Read it while nothing writes to it, or read a snapshot of it. --allow-change accepts it as it was read.',
    (_, command) => `Read it while nothing writes to it, or read a snapshot of it. ${help(command)}`,
  ),
  SourceTooLarge: (extra) => `Make the disk larger with: varve disk resize ${idOf(extra, 'diskId', 'DISK')} SIZE`,
  SourceTooShort: ifHas(
    'zero-rest',
    'If the source is whole, add --zero-rest. The rest of the disk becomes zeros.',
    'If the source is whole, varve disk sync --zero-rest takes it.',
  ),
  OutputExists: ifHas('force', 'Add --force to overwrite it.', (_, command) => `Give another output. ${help(command)}`),
  OutputInUse: ifHas(
    'force',
    'Unmount it or take it out of use first. --force does not do that.',
    (_, command) => `Unmount it or take it out of use first. ${help(command)}`,
  ),
  OutputUnusable: (_, command) => `Give another output, or take the reason away. ${help(command)}`,
  AttachFailed: 'varve attachment list says what is attached on this machine.',
  ServerFailed: 'varve doctor looks at the data folder.',
  DoctorWarning: 'Each finding says what to do. Then run varve doctor again.',
  DoctorProblem: 'Each finding says what to do. Then run varve doctor again.',
  InBreach: 'varve snapshot create DISK takes one now. varve policy runs --disk DISK says why there was none.',
  MountFailed: 'varve attach gives the device without mounting it.',
  AmbiguousName: (_, command) => `Give an id in place of the name. ${help(command)}`,
  NotDelivered: (extra) =>
    `varve webhook deliveries ${idOf(extra, 'webhookId', 'WEBHOOK')} --pending says what came of it.`,
  Declined: ifHas('dry-run', 'Add --dry-run to look only, or --yes to be asked nothing.', (_, command) =>
    help(command),
  ),
  Unauthenticated: 'Log in with: varve login. Or set VARVE_API_KEY, or name a profile with --profile.',
  Forbidden: ({ needed }) =>
    typeof needed === 'string' && /^[A-Z]+$/.test(needed)
      ? `varve status shows the role. An administrator makes a key that may: varve key create NAME --role ${needed}`
      : 'varve status shows the role. An administrator makes a key that may: varve key create',
  NotFound: missing,
  InvalidParameter: (_, command) => help(command),
  NoIndexForFilter: (_, command) => `Leave an option out, or filter by another one. ${help(command)}`,
  SnapshotServiceNotOpened: ({ region }) =>
    `Switch snapshots on with: varve service open --accept-terms${typeof region === 'string' ? ` --region ${region}` : ''}`,
  AccountInArrears: 'varve account balance shows what is owed. Once it is paid, everything goes on.',
  QuotaExceeded:
    'varve quota list shows what is used. Delete what nobody needs: varve advice forgotten lists snapshots.',
  UnsupportedDiskCategory: 'It needs a disk of another category: varve disk create --category CLOUD',
  IncorrectDiskStatus: (extra) => `varve disk show ${idOf(extra, 'diskId', 'DISK')} shows its state.`,
  IncorrectInstanceStatus: ({ allowed, instanceId }) => {
    const id = idOf({ instanceId }, 'instanceId', 'INSTANCE');
    if (Array.isArray(allowed) && allowed.includes('STOPPED')) return `Stop it first: varve instance stop ${id}`;
    if (Array.isArray(allowed) && allowed.includes('RUNNING')) return `Start it first: varve instance start ${id}`;
    return `varve instance show ${id} shows its state.`;
  },
  UnsupportedInstanceKind: 'It goes with its last attachment: varve detach on that machine ends one.',
  DeletionProtected: (extra) =>
    `Allow it with: varve instance update ${idOf(extra, 'instanceId', 'INSTANCE')} --unprotect`,
  SnapshotCreating: (extra) => {
    const disk = idOf(extra, 'diskId', 'DISK');
    return `Wait for it: varve snapshot list --disk ${disk} shows how far it is. varve snapshot delete cancels it.`;
  },
  SnapshotNotReady: (extra) => `varve snapshot show ${idOf(extra, 'snapshotId', 'SNAPSHOT')} shows how far it is.`,
  SnapshotUsedByDisk: ifHas(
    'force',
    'Add --force to delete it all the same. The disk still works.',
    'varve snapshot delete --force deletes it all the same. The disk still works.',
  ),
  SnapshotUsedByImage: 'Delete the image first: varve image list shows it, varve image delete deletes it.',
  SnapshotPinned: (extra) => `Unpin it first: varve snapshot unpin ${idOf(extra, 'snapshotId', 'SNAPSHOT')}`,
  InvalidSnapshotDisk:
    'varve disk create --snapshot makes a disk of it. varve snapshot list --disk lists those of a disk.',
  DiskLocked: (extra, { options }) => {
    const taking = TAKING.find((name) => options.includes(name));
    if (taking !== undefined) return `Stop that writer, or take the disk away from it with --${taking}.`;
    return `Stop that writer first: varve detach ${idOf(extra, 'diskId', 'DISK')} on its machine.`;
  },
  LeaseLost: (extra) => {
    const id = idOf(extra, 'diskId', 'DISK');
    return `varve disk show ${id} says who has the disk now. varve attach ${id} --steal takes it back.`;
  },
  OriginSnapshotDeleted: 'varve trash list says whether it can be brought back. varve disk create makes another disk.',
  VersionConflict: 'Somebody else changed it. varve disk show shows it. Look at it, and then run the command again.',
  DraftClosed: (_, command) => `Begin again: ${again(command)}`,
  ObjectMissing: (_, command) =>
    `Run ${again(command)} again, which sends them once more. varve scrub looks for others.`,
  ObjectTombstoned: repeat,
  ObjectDamaged: damaged,
  KeyUnavailable:
    'varve disk show says which key it is. VARVE_KEY_FILE names a key file, and AWS needs the right to use it.',
  EncryptionMismatch: ifHas(
    'key',
    'Leave --key and --encrypted out: it then gets the key of what it is made from.',
    'varve snapshot show and varve disk show say which key each has.',
  ),
  EncryptedImageNotShareable: 'Only an image of a plain snapshot can be shared: varve image create',
  EncryptedImageNotExportable: 'Make a disk of it with varve disk create --image, and export that: varve disk export',
  ExportTooLarge: 'varve disk create --image makes a disk of it, and varve disk export writes files of any size.',
  ImageUnsupported: 'Convert it first, such as with qemu-img convert -O raw, and then: varve disk import',
  ImageDamaged: 'Get the file once more, and then: varve disk import. With --format raw it is taken as it is.',
  IdempotentParameterMismatch: ifHas(
    'token',
    'Give another --token.',
    (_, command) => `Run ${again(command)} again. It then has another token.`,
  ),
  PriceMissing: 'Set the price with: varve price set',
  ClockNotTrusted: 'Set the clock right. If it is right: varve server trust-clock',
  PreviewTooLarge: 'Name fewer at once. varve snapshot delete --yes deletes without a preview.',
  Throttled: '--patience 30m makes a command try for longer.',
  UnsupportedOperation: 'The service may be of another version than this command: varve status says which it is.',
  QueryTooComplex: lessAtOnce,
  AnswerTooLarge: lessAtOnce,
  StorageFull:
    'Make room on the disk of the data folder, and then run the command again. varve doctor says how much there is.',
  ReadOnly: 'varve doctor looks at the data folder, and says what to do.',
  Internal: 'If it stays, varve doctor looks at a local installation. Its log has the reason.',
};

/** Options that take a disk away from its writer; a command has one of them, or none. */
const TAKING = ['steal', 'break-lease'];

/** Where to look for what does not exist, by what it seems to be. */
const LISTS: readonly (readonly [beginning: RegExp, list: string])[] = [
  [/^d-|^disk(Id)?$/, 'disk list'],
  [/^s-|^snapshot(Id)?$/, 'snapshot list'],
  [/^m-|^image$/, 'image list'],
  [/^i-|^instance$/, 'instance list'],
  [/^sp-|^policy$/, 'policy list'],
  [/^j-|^job$/, 'job list'],
  [/^sc-|^scrub$/, 'scrub list'],
  [/^x-/, 'image list-exports'],
  [/^wh-|^webhookId$/, 'webhook list'],
  [/^apiKey$/, 'key list'],
  [/^profile$/, 'profile list'],
];
const DELETED = ['disk list', 'snapshot list', 'image list'];

/** Lists of a command's noun; those that have no list of that name. */
const LIST_OF: Readonly<Record<string, string>> = {
  key: 'key list',
  trash: 'trash list',
  profile: 'profile list',
  detach: 'attachment list',
  webhook: 'webhook list',
};

function missing(extra: Extra, command: AtHand): string {
  const words = [typeof extra.id === 'string' ? extra.id : '', ...Object.keys(extra)];
  const found = words.flatMap((word) => LISTS.find(([beginning]) => beginning.test(word))?.[1] ?? [])[0];
  const list = found ?? LIST_OF[command.path.split(' ')[0] as string];
  if (list === undefined) return help(command);
  return `varve ${list} shows what there is.${DELETED.includes(list) ? ' varve trash list shows what was deleted.' : ''}`;
}

/** `known`: whether the service knows of the damage. */
function damaged({ known, reason }: Extra): string {
  if (reason === NOT_PROVED) {
    return (
      'What came is not what the root names. The service, or something on the way, answers ' +
      'wrongly. Nothing of it was used. varve status says which service it is.'
    );
  }
  if (known === true) {
    return (
      'The service knows of the damage. Import the same content again as a new disk, and it is ' +
      'whole everywhere. See: varve damage list'
    );
  }
  return known === false
    ? 'Run varve scrub, so that the service knows of the damage. Then import the same content again.'
    : 'varve damage list says what is damaged, and what needs it.';
}

export function remedyOf(code: ClientErrorCode, extra: Extra, command: AtHand): string | undefined {
  const remedy = REMEDIES[code];
  return remedy === null ? undefined : said(remedy, extra, command);
}
