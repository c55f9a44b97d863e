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
const orHelp: Remedy = (_, command) => help(command);
const andHelp =
  (text: string): Remedy =>
  (_, command) =>
    `${text} ${help(command)}`;

/** An id or a name that the service gave with the refusal; `word` where it gave none. */
const idOr = (id: unknown, word: string): string => (typeof id === 'string' && /^[\w-]+$/.test(id) ? id : word);

const withId =
  (text: string, field: string, word: string): Remedy =>
  (extra) =>
    `${text} ${idOr(extra[field], word)}`;

/** One text if the command has the option, and another one if it has not. */
const ifHas =
  (option: string, has: string, otherwise: Remedy): Remedy =>
  (extra, command) =>
    command.options.includes(option) ? has : said(otherwise, extra, command);

const said = (remedy: Remedy, extra: Extra, command: AtHand): string =>
  typeof remedy === 'string' ? remedy : remedy(extra, command);

const repeat: Remedy = (_, command) => `Run ${again(command)} again in a moment.`;
const lessAtOnce = ifHas('limit', 'Ask for less at once: a smaller --limit.', orHelp);
const UNMOUNT = 'Unmount it first, or read a snapshot of it.';
const ROLE = 'varve status shows the role. An administrator makes a key that may';
const QUIETLY = 'Read it while nothing writes to it, or read a snapshot of it.';

/**
 * What to do next, for each code: a command or an option. A code without a remedy does not compile.
 * `null`: the person has stopped the command, and its message says what goes on from there.
 */
const REMEDIES: Readonly<Record<ClientErrorCode, Remedy | null>> = {
  Interrupted: null,
  ImportFormatUnclear: 'Say what it is: varve image import-stored KEY --format FORMAT',
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
  SourceFormat: ifHas('format', 'Say with --format what it is.', 'See: varve disk import --format'),
  SourceInUse: ifHas(
    'live',
    `${UNMOUNT} --live reads it as it is, though others may write to it meanwhile.`,
    andHelp(UNMOUNT),
  ),
  SourceChanged: ifHas('allow-change', `${QUIETLY} --allow-change accepts it.`, andHelp(QUIETLY)),
  SourceTooLarge: ({ diskId }) => `Make it larger: varve disk resize ${idOr(diskId, 'DISK')} SIZE`,
  SourceTooShort: ifHas(
    'zero-rest',
    'If the source is whole, add --zero-rest. The rest of the disk becomes zeros.',
    'If the source is whole, varve disk sync --zero-rest takes it.',
  ),
  OutputExists: ifHas('force', 'Add --force to overwrite it.', andHelp('Give another output.')),
  OutputInUse: ifHas(
    'force',
    'Unmount it or take it out of use first. --force does not do that.',
    andHelp('Unmount it or take it out of use first.'),
  ),
  OutputUnusable: andHelp('Give another output, or take the reason away.'),
  AttachFailed: 'varve attachment list says what is attached on this machine.',
  ServerFailed: ({ subject }, command) =>
    subject === 'DATA_FOLDER' ? 'varve doctor looks at the data folder.' : help(command),
  DoctorWarning: 'Each finding says what to do. Then run varve doctor again.',
  DoctorProblem: 'Each finding says what to do. Then run varve doctor again.',
  InBreach: 'varve snapshot create DISK takes one. varve policy runs --disk DISK says why.',
  MountFailed: 'varve attach gives the device without mounting it.',
  AmbiguousName: andHelp('Give an id in place of the name.'),
  NotDelivered: withId('See: varve webhook deliveries --pending', 'webhookId', 'WEBHOOK'),
  Declined: ifHas('dry-run', 'Add --dry-run to look only, or --yes for no question.', orHelp),
  Unauthenticated: 'Log in with: varve login. Or set VARVE_API_KEY, or give --profile.',
  Forbidden: ({ needed }) =>
    typeof needed === 'string' && /^[A-Z]+$/.test(needed)
      ? `${ROLE}: varve key create NAME --role ${needed}`
      : `${ROLE}: varve key create`,
  NotFound: missing,
  InvalidParameter: orHelp,
  NoIndexForFilter: andHelp('Leave an option out, or filter by another one.'),
  SnapshotServiceNotOpened: ({ region }) =>
    [
      'Switch snapshots on with: varve service open --accept-terms',
      ...(typeof region === 'string' ? [`--region ${region}`] : []),
    ].join(' '),
  AccountInArrears: 'varve account balance shows what is owed. Once paid, everything goes on.',
  QuotaExceeded: 'varve quota list shows what is used. varve advice forgotten may free some.',
  UnsupportedDiskCategory: 'Make one that can: varve disk create --category CLOUD',
  IncorrectDiskStatus: withId('See its state: varve disk show', 'diskId', 'DISK'),
  IncorrectInstanceStatus: (extra) => {
    const id = idOr(extra.instanceId, 'INSTANCE');
    const allowed = Array.isArray(extra.allowed) ? extra.allowed : [];
    if (allowed.includes('STOPPED')) return `Stop it first: varve instance stop ${id}`;
    if (allowed.includes('RUNNING')) return `Start it first: varve instance start ${id}`;
    return `varve instance show ${id} shows its state.`;
  },
  UnsupportedInstanceKind: 'It goes with its last attachment: varve detach on that machine.',
  DeletionProtected: ({ instanceId }) =>
    `Allow it with: varve instance update ${idOr(instanceId, 'INSTANCE')} --unprotect`,
  SnapshotCreating: (extra) => {
    const disk = idOr(extra.diskId, 'DISK');
    const list = `varve snapshot list --disk ${disk}`;
    return `Wait for it: ${list} shows how far it is. varve snapshot delete cancels it.`;
  },
  SnapshotNotReady: withId('See how far it is: varve snapshot show', 'snapshotId', 'SNAPSHOT'),
  SnapshotUsedByDisk: ifHas(
    'force',
    'Add --force to delete it all the same. The disk still works.',
    'varve snapshot delete --force deletes it all the same. The disk still works.',
  ),
  SnapshotUsedByImage: 'varve image list shows the image. Delete it first: varve image delete',
  SnapshotPinned: withId('Unpin it first: varve snapshot unpin', 'snapshotId', 'SNAPSHOT'),
  InvalidSnapshotDisk: 'varve snapshot list --disk lists its own. varve disk create takes any.',
  DiskLocked: (extra, { options }) => {
    const taking = TAKING.find((name) => options.includes(name));
    if (taking !== undefined) return `Stop that writer, or take its disk away with --${taking}.`;
    return `Stop that writer first: varve detach ${idOr(extra.diskId, 'DISK')} on its machine.`;
  },
  LeaseLost: (extra) => {
    const id = idOr(extra.diskId, 'DISK');
    const back = `varve attach ${id} --steal`;
    return `varve disk show ${id} says who has the disk now. ${back} takes it back.`;
  },
  OriginSnapshotDeleted: 'varve trash list may have it. varve disk create makes another disk.',
  VersionConflict: 'Somebody else changed it. Look at it (varve disk show), and try again.',
  DraftClosed: (_, command) => `Begin again: ${again(command)}`,
  ObjectMissing: (_, command) => `Run ${again(command)} again to send them. See: varve scrub`,
  ObjectTombstoned: repeat,
  ObjectDamaged: damaged,
  KeyUnavailable:
    'varve disk show says which key it is. VARVE_KEY_FILE names a key file. ' +
    'A key of AWS needs the right to use it.',
  EncryptionMismatch: ifHas(
    'key',
    'Leave --key and --encrypted out: it then gets the key of what it is made from.',
    'varve snapshot show and varve disk show say which key each has.',
  ),
  EncryptedImageNotShareable: 'Only an image of a plain snapshot can be shared: varve image create',
  EncryptedImageNotExportable: 'Make a disk of it, and then: varve disk export',
  ExportTooLarge: 'varve disk create --image makes a disk of it. varve disk export has no limit.',
  ImageUnsupported: 'Convert it (qemu-img convert -O raw), and then: varve disk import',
  ImageDamaged: 'Get the file once more. varve disk import --format raw takes it as it is.',
  IdempotentParameterMismatch: ifHas(
    'token',
    'Give another --token.',
    (_, command) => `Run ${again(command)} again. It then has another token.`,
  ),
  PriceMissing: 'Set the price with: varve price set',
  ClockNotTrusted: 'Set the clock right. If it is right: varve server trust-clock',
  PreviewTooLarge: 'Name fewer at once. varve snapshot delete --yes deletes without a preview.',
  Throttled: '--patience 30m makes a command try for longer.',
  UnsupportedOperation: 'It may be a service of another version: varve status says which.',
  QueryTooComplex: lessAtOnce,
  AnswerTooLarge: lessAtOnce,
  StorageFull:
    'Make room on the disk of the data folder, and then run the command again. ' +
    'varve doctor says how much there is.',
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
  [/^im-/, 'image list-imports'],
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
  const deleted = DELETED.includes(list) ? ' varve trash list shows what was deleted.' : '';
  return `varve ${list} shows what there is.${deleted}`;
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
    ? 'Run varve scrub, so that the service knows of it. Then import the same content again.'
    : 'varve damage list says what is damaged, and what needs it.';
}

export function remedyOf(code: ClientErrorCode, extra: Extra, command: AtHand): string | undefined {
  const remedy = REMEDIES[code];
  return remedy === null ? undefined : said(remedy, extra, command);
}
