import { ClientError } from '../client/errors.ts';
import { type Command, GLOBAL_OPTIONS } from './command.ts';

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
    hours: ['hours'],
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
    closeMonth: ['MONTH'],
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
    to: ['to'],
    'filter.namePrefix': ['name'],
    'filter.status': ['status'],
    url: ['url', 'URL'],
    types: ['type'],
    subject: ['subject'],
    webhookId: ['WEBHOOK'],
    overlapHours: ['overlap'],
  }),
);

/**
 * The refusal of a field of the API, in words of the command line, if one option or argument gives
 * that field.
 */
export function inWordsOf({ options, args }: Pick<Command, 'options' | 'args'>, error: unknown): unknown {
  if (!(error instanceof ClientError) || error.code !== 'InvalidParameter') return error;
  const field = fieldOf(error);
  const [path] = field === undefined ? [] : (pathOf(field).exec(error.message) ?? []);
  if (field === undefined || path === undefined) return error;
  const words = WORDS.get(field) ?? WORDS.get(field.split('.')[0] as string) ?? [];
  const known = [...GLOBAL_OPTIONS, ...options, ...args].map(({ name }) => name);
  const word = words.find((candidate) => known.includes(candidate));
  if (word === undefined) return error;
  const name = word === word.toUpperCase() ? word : `--${word}`;
  const [, place] = /\.(\d+)(?:\.|$)/.exec(field) ?? [];
  const which = place === undefined ? name : `${name}, value ${Number(place) + 1}`;
  const why = error.message
    .slice(path.length)
    .replace(/^Int cannot represent non 32-bit signed integer value: /, 'too large: ');
  return new ClientError(error.code, `${which}: ${why}`, error.extra, error.cause);
}

/** What functions answer is text alone, which begins with the field. */
function fieldOf({ extra, message }: ClientError): string | undefined {
  const field = typeof extra.field === 'string' ? extra.field : /^([\w.]+): /.exec(message)?.[1];
  return field !== undefined && /^[\w.]+$/.test(field) ? field : undefined;
}

/**
 * How a message begins that names the field, also a field of something that is made with others.
 */
function pathOf(field: string): RegExp {
  return new RegExp(`^${field.split('.').join('(?:\\.|: )')}: `);
}
