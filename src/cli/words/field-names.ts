import { ClientError } from '../../client/errors.ts';
import { VarveError } from '../../platform/errors.ts';
import { sizeText } from '../../platform/size-text.ts';
import { type Command, GLOBAL_OPTIONS } from '../command.ts';
import { COMMAND_OF, SCHEMA_WORDS } from './schema-words.ts';

/** Which options or arguments give a field of the API; a command has at most one of them. */
const WORDS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    sizeBytes: ['size', 'SIZE'],
    'systemDisk.sizeBytes': ['system-size'],
    'systemDisk.imageId': ['image'],
    'systemDisk.snapshotId': ['snapshot'],
    'systemDisk.policyId': ['policy'],
    dataDisks: ['data-disk'],
    name: ['name', 'NAME'],
    description: ['description'],
    retentionDays: ['retention'],
    expiresAt: ['prepaid-until', 'expires'],
    encryptionKeyId: ['key'],
    tags: ['tag'],
    addTags: ['add-tag', 'tag'],
    removeTags: ['untag'],
    region: ['region'],
    category: ['category'],
    kind: ['kind'],
    weekdays: ['weekdays'],
    timeZone: ['time-zone'],
    diskId: ['disk', 'DISK'],
    diskIds: ['DISK'],
    snapshotId: ['snapshot', 'SNAPSHOT'],
    snapshotIds: ['SNAPSHOT'],
    imageId: ['image', 'IMAGE'],
    instanceId: ['INSTANCE'],
    policyId: ['policy', 'POLICY'],
    account: ['ACCOUNT'],
    accountIds: ['ACCOUNT'],
    since: ['since'],
    limit: ['LIMIT'],
    samplePercent: ['sample'],
    toRegion: ['to'],
    copyTargets: ['copy-to'],
    month: ['MONTH'],
    currency: ['currency'],
    'price.region': ['region'],
    'price.currency': ['currency'],
    'price.from': ['from'],
    'price.perGibMonth': ['PRICE'],
    'package.region': ['region'],
    'package.gib': ['GIB'],
    'package.from': ['from'],
    'package.until': ['until'],
    'package.note': ['note'],
    'package.token': ['token'],
    credit: ['AMOUNT'],
    'credit.currency': ['currency'],
    debit: ['AMOUNT'],
    'debit.currency': ['currency'],
    threshold: ['AMOUNT'],
    'threshold.currency': ['currency'],
    from: ['from'],
    'from.bucket': ['from'],
    'from.key': ['KEY'],
    to: ['to'],
    'filter.namePrefix': ['name'],
    'filter.status': ['status'],
    url: ['url', 'URL'],
    types: ['type'],
    subject: ['subject'],
    webhookId: ['WEBHOOK'],
    overlapHours: ['overlap'],
    hours: ['hours', 'HOURS'],
    exportId: ['EXPORT'],
    apiKeyId: ['KEY'],
    ids: ['ITEM'],
    bucket: ['to'],
    role: ['role'],
    regions: ['region'],
    encrypted: ['encrypted'],
    startInstance: ['start-instance'],
    breakLease: ['break-lease', 'steal'],
    safetySnapshot: ['safety-snapshot'],
    safetySnapshotName: ['safety-snapshot'],
    force: ['force'],
    deletionProtection: ['unprotect'],
    deleteAutoSnapshots: ['delete-auto-snapshots'],
    deleteWithInstance: ['delete-with-instance'],
    chargeType: ['prepaid-until'],
    acceptedTerms: ['accept-terms'],
    yesDeleteNow: ['yes-delete-now'],
    inArrears: ['paid'],
    closeMonth: ['MONTH'],
    listen: ['listen', 'socket'],
    'listen.socket': ['socket'],
    'listen.host': ['listen'],
    'listen.port': ['listen'],
    'tls.clientCaFile': ['tls-ca'],
    'tls.pskFile': ['tls-psk'],
  }),
);

type Names = Pick<Command, 'options' | 'args'>;

/**
 * The refusal in words of the command line. A field of the API is named by the option or argument
 * of the command that gives it, and sizes have units.
 */
export function inWordsOf(command: Names, error: unknown): unknown {
  if (!(error instanceof ClientError || error instanceof VarveError)) return error;
  const told = error.code === 'InvalidParameter' ? namedField(command, error) : error.message;
  const message = plainText(told, command);
  return message === error.message ? error : new ClientError(error.code, message, error.extra, error.cause);
}

/** The message with what gives the field at its beginning, if something does. */
function namedField(command: Names, error: ClientError | VarveError): string {
  const field = fieldOf(error);
  const [path] = field === undefined ? [] : (pathOf(field).exec(error.message) ?? []);
  if (field === undefined || path === undefined) return error.message;
  const word = wordOf(field, command) ?? wordOf(field.split('.')[0] as string, command);
  if (word === undefined) return error.message;
  const [, place] = /\.(\d+)(?:\.|$)/.exec(field) ?? [];
  const which = place === undefined ? word : `${word}, value ${Number(place) + 1}`;
  return `${which}: ${error.message.slice(path.length)}`;
}

/** `--size`, or `SIZE`: what of this command gives the field. */
function wordOf(field: string, { options, args }: Names): string | undefined {
  const known = [...GLOBAL_OPTIONS, ...options, ...args].map(({ name }) => name);
  const word = WORDS.get(field)?.find((candidate) => known.includes(candidate));
  if (word === undefined) return undefined;
  return word === word.toUpperCase() ? word : `--${word}`;
}

/** What stands in quotes is somebody's own. */
const PARTS = /'[^']*'|"[^"]*"|`?\b[a-z]+(?:[A-Z][A-Za-z0-9]*)+\b`?/g;
/** Of GraphQL itself. */
const TOO_LARGE = /Int cannot represent non 32-bit signed integer value: (\d+)/;
const BYTES = /\b(\d{4,}) bytes\b/g;

/** Text without names of the API and without raw numbers of bytes. */
export function plainText(text: string, command: Names): string {
  return text
    .replaceAll(PARTS, (part) => {
      const name = part.replaceAll('`', '');
      return SCHEMA_WORDS.has(name) ? plainName(name, command) : part;
    })
    .replaceAll(BYTES, (_, bytes: string) => sizeText(Number(bytes)))
    .replace(TOO_LARGE, (_, number: string) => `too large: ${Number(number).toLocaleString('en-US')}`);
}

/** The option that gives it, the command that does it, or its words apart. */
function plainName(name: string, command: Names): string {
  const option = wordOf(name, command);
  if (option !== undefined) return option;
  const path = COMMAND_OF[name];
  if (path !== undefined) return `varve ${path}`;
  const apart = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return apart.replace(/ (id|ids|bytes)$/, (_, unit: string) => (unit === 'ids' ? 's' : ''));
}

/** What functions answer is text alone, which begins with the field. */
function fieldOf({ extra, message }: ClientError | VarveError): string | undefined {
  const field = typeof extra.field === 'string' ? extra.field : /^([\w.]+): /.exec(message)?.[1];
  return field !== undefined && /^[\w.]+$/.test(field) ? field : undefined;
}

/**
 * How a message begins that names the field, also a field of something that is made with others.
 */
function pathOf(field: string): RegExp {
  return new RegExp(`^${field.split('.').join('(?:\\.|: )')}: `);
}
