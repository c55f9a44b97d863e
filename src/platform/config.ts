import { isAddressBlock } from './address-filter.ts';

/**
 * What one installation is told by its environment. Parsed once, at the edge; nothing else reads
 * `process.env`.
 */
export interface Config extends Upkeep {
  readonly table: string;
  /** The first is the default region. */
  readonly regions: readonly [RegionConfig, ...RegionConfig[]];
  /** Where the functions run; absent where it is not AWS. */
  readonly awsRegion?: string;
  readonly queueUrl: string;
  /** Of messages to receivers of events; absent: the same. */
  readonly notifyQueueUrl?: string;
  /** Of EventBridge, by name or ARN; absent: events go to none. */
  readonly eventBus?: string;
  /** Besides the regions' own: where accounts may have exported files written. */
  readonly exportBuckets: readonly ExportBucketConfig[];
  /** The same, where accounts may have images imported from. */
  readonly importBuckets: readonly ImportBucketConfig[];
  readonly keys: KeySource;
  /**
   * Where the functions reach the object store, if it is not AWS's own: the SDK's own variable,
   * which URLs signed here follow too.
   */
  readonly s3Endpoint?: string;
  /**
   * Where signed URLs point when clients reach the object store at another address than the
   * functions do.
   */
  readonly publicS3Endpoint?: string;
  readonly s3PathStyle: boolean;
}

/** What every installation is told, on AWS and on one machine. */
export interface Upkeep {
  readonly reclaimGraceMs: number;
  readonly scrubPace: ScrubPace;
  /** How much of what was just uploaded may be read back in a day. 0: none of it is. */
  readonly readBackBytesPerDay: number;
  /** How long a prepaid disk that has expired is kept. */
  readonly expiredGraceMs: number;
  /** What webhooks may be sent to besides the internet. */
  readonly webhooks: WebhookConfig;
  /** Where events are mailed; absent: nowhere. On one machine alone. */
  readonly mail?: MailConfig;
  /** Whether there is a page to try queries on; absent: on one machine, and not on AWS. */
  readonly graphiql?: boolean;
  readonly logLevel: LogLevel;
}

export interface MailConfig {
  /** `smtp://…` or `smtps://…` */
  readonly url: string;
  readonly to: string;
  readonly from: string;
  /** Of events; absent: what goes wrong. */
  readonly types?: readonly string[];
}

export interface WebhookConfig {
  /** Addresses and blocks of them. */
  readonly allow: readonly string[];
  /** Also without TLS. */
  readonly allowHttp: boolean;
}

/** How fast the background scrub reads everything back. */
export interface ScrubPace {
  /** 0: there is none. */
  readonly bytesPerDay: number;
  /** How long what was read is left alone. */
  readonly everyMs: number;
}

export interface RegionConfig {
  readonly id: string;
  readonly bucket: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Of AWS, where the bucket is. Absent: that of the functions. */
  readonly awsRegion?: string;
}

export interface ExportBucketConfig {
  readonly bucket: string;
  /** Of the images, and of AWS as that region says. */
  readonly region: string;
  readonly accounts: readonly string[];
}

export interface ImportBucketConfig extends ExportBucketConfig {
  /** Keys that begin so are open to all of the accounts. Absent: to each its own. */
  readonly prefix?: string;
}

export type KeySource =
  | { readonly kind: 'file'; readonly path: string }
  /** A KMS key id, ARN or alias: the default for new encrypted disks. */
  | { readonly kind: 'kms'; readonly keyId: string };

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';
export type Environment = Readonly<Record<string, string | undefined>>;

/** The operator has to mend something; the message is one sentence that names it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const LOG_LEVELS: readonly LogLevel[] = ['error', 'warn', 'info', 'debug'];
const HOUR_MS = 3_600_000;
const GIB = 1024 ** 3;

export function parseConfig(environment: Environment): Config {
  const publicS3Endpoint = optional(environment, 'VARVE_PUBLIC_S3_ENDPOINT');
  const s3Endpoint = optional(environment, 'AWS_ENDPOINT_URL_S3');
  const awsRegion = optional(environment, 'AWS_REGION');
  const eventBus = optional(environment, 'VARVE_EVENT_BUS');
  const notifyQueueUrl = optional(environment, 'VARVE_NOTIFY_QUEUE_URL');
  const regions = parseRegions(required(environment, 'VARVE_REGIONS'));
  return {
    table: required(environment, 'VARVE_TABLE'),
    regions,
    exportBuckets: parseOpenBuckets(environment, EXPORT_BUCKETS, regions),
    importBuckets: parseOpenBuckets(environment, IMPORT_BUCKETS, regions),
    ...(awsRegion !== undefined && { awsRegion }),
    queueUrl: url('VARVE_QUEUE_URL', required(environment, 'VARVE_QUEUE_URL')),
    ...(notifyQueueUrl !== undefined && { notifyQueueUrl: url('VARVE_NOTIFY_QUEUE_URL', notifyQueueUrl) }),
    ...(eventBus !== undefined && { eventBus }),
    keys: parseKeys(environment),
    ...(publicS3Endpoint === undefined ? {} : { publicS3Endpoint: url('VARVE_PUBLIC_S3_ENDPOINT', publicS3Endpoint) }),
    ...(s3Endpoint === undefined ? {} : { s3Endpoint: url('AWS_ENDPOINT_URL_S3', s3Endpoint) }),
    s3PathStyle: flag(environment, 'VARVE_S3_PATH_STYLE'),
    ...parseUpkeep(environment),
  };
}

export function parseUpkeep(environment: Environment): Upkeep {
  const mail = parseMail(environment);
  const graphiql = parseGraphiql(environment);
  return {
    reclaimGraceMs: amount(environment, 'VARVE_RECLAIM_GRACE_HOURS', 24, 'hours') * HOUR_MS,
    expiredGraceMs: amount(environment, 'VARVE_EXPIRED_GRACE_DAYS', 15, 'days') * 24 * HOUR_MS,
    scrubPace: {
      bytesPerDay: amount(environment, 'VARVE_SCRUB_GIB_PER_DAY', 100, 'GiB') * GIB,
      everyMs: amount(environment, 'VARVE_SCRUB_EVERY_DAYS', 30, 'days') * 24 * HOUR_MS,
    },
    readBackBytesPerDay: amount(environment, 'VARVE_READ_BACK_GIB_PER_DAY', 1024, 'GiB') * GIB,
    webhooks: {
      allow: addressBlocks('VARVE_WEBHOOK_ALLOW', optional(environment, 'VARVE_WEBHOOK_ALLOW')),
      allowHttp: flag(environment, 'VARVE_WEBHOOK_ALLOW_HTTP'),
    },
    ...(mail && { mail }),
    ...(graphiql !== undefined && { graphiql }),
    logLevel: logLevel(environment),
  };
}

/** Also for the function that has the pages, and is told nothing else. */
export function parseGraphiql(environment: Environment): boolean | undefined {
  const text = optional(environment, 'VARVE_GRAPHIQL');
  if (text === undefined) return undefined;
  if (text === 'on' || text === 'off') return text === 'on';
  throw new ConfigError('VARVE_GRAPHIQL must be on or off.');
}

function parseKeys(environment: Environment): KeySource {
  const path = optional(environment, 'VARVE_KEY_FILE');
  const keyId = optional(environment, 'VARVE_KMS');
  if (path !== undefined && keyId === undefined) return { kind: 'file', path };
  if (path === undefined && keyId !== undefined) return { kind: 'kms', keyId };
  throw new ConfigError('Set exactly one of VARVE_KEY_FILE (single machine) and VARVE_KMS (cloud).');
}

function parseRegions(text: string): Config['regions'] {
  const [first, ...others] = regionList(text).map(parseRegion);
  if (first === undefined) throw new ConfigError('VARVE_REGIONS must name at least one region.');
  const ids = new Set([first, ...others].map((region) => region.id));
  if (ids.size !== others.length + 1) throw new ConfigError('VARVE_REGIONS must not name a region twice.');
  return [first, ...others];
}

function regionList(text: string): readonly unknown[] {
  const list = jsonList(text);
  if (list !== undefined) return list;
  throw new ConfigError(`VARVE_REGIONS must be a JSON array of ${REGION_FORM}.`);
}

function jsonList(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

interface OpenBuckets {
  readonly name: string;
  readonly form: string;
  readonly mayHavePrefix: boolean;
}

const EXPORT_BUCKETS: OpenBuckets = {
  name: 'VARVE_EXPORT_BUCKETS',
  form: '{"bucket", "region"?, "accounts": ["…"]}',
  mayHavePrefix: false,
};
const IMPORT_BUCKETS: OpenBuckets = {
  name: 'VARVE_IMPORT_BUCKETS',
  form: '{"bucket", "region"?, "accounts": ["…"], "prefix"?}',
  mayHavePrefix: true,
};

/** By default of the first region. */
function parseOpenBuckets(
  environment: Environment,
  { name, form, mayHavePrefix }: OpenBuckets,
  regions: Config['regions'],
): ImportBucketConfig[] {
  const text = optional(environment, name);
  if (text === undefined) return [];
  const wrong = new ConfigError(`${name} must be a JSON array of ${form}.`);
  const list = jsonList(text);
  if (list === undefined) throw wrong;
  return list.map((value) => {
    const { bucket, region = regions[0].id, accounts, prefix } = (value ?? {}) as Record<string, unknown>;
    if (typeof bucket !== 'string' || bucket === '' || !isTexts(accounts)) throw wrong;
    if (prefix !== undefined && (!mayHavePrefix || typeof prefix !== 'string')) throw wrong;
    const known = regions.find(({ id }) => id === region);
    if (known === undefined) throw new ConfigError(`${name}: bucket ${bucket} is of no region.`);
    if (regions.some((one) => one.bucket === bucket))
      throw new ConfigError(`${name}: bucket ${bucket} is a region's own.`);
    return { bucket, region: known.id, accounts, ...(prefix !== undefined && { prefix }) };
  });
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((text) => typeof text === 'string' && text !== '');

const REGION_FORM = '{"id", "bucket", "timeZone"?, "awsRegion"?}';
/** Of regions, ours and those of AWS. */
const REGION_NAME = /^[a-z0-9-]{1,63}$/;

function parseRegion(value: unknown): RegionConfig {
  const { id, bucket, timeZone = 'UTC', awsRegion } = (value ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || !REGION_NAME.test(id)) {
    throw new ConfigError('VARVE_REGIONS: "id" must be 1 to 63 lower-case letters, digits or hyphens.');
  }
  if (typeof bucket !== 'string' || bucket === '') {
    throw new ConfigError(`VARVE_REGIONS: region ${id} has no "bucket".`);
  }
  if (typeof timeZone !== 'string' || !isTimeZone(timeZone)) {
    throw new ConfigError(`VARVE_REGIONS: "timeZone" of region ${id} is not an IANA time zone.`);
  }
  if (awsRegion !== undefined && (typeof awsRegion !== 'string' || !REGION_NAME.test(awsRegion))) {
    throw new ConfigError(`VARVE_REGIONS: "awsRegion" of region ${id} is not a region of AWS.`);
  }
  return { id, bucket, timeZone, ...(awsRegion !== undefined && { awsRegion }) };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function logLevel(environment: Environment): LogLevel {
  const text = optional(environment, 'VARVE_LOG') ?? 'info';
  const level = LOG_LEVELS.find((candidate) => candidate === text);
  if (level === undefined) throw new ConfigError(`VARVE_LOG must be one of ${LOG_LEVELS.join(', ')}.`);
  return level;
}

function amount(environment: Environment, name: string, fallback: number, unit: string): number {
  const text = optional(environment, name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new ConfigError(`${name} must be a number of ${unit}, 0 or more.`);
  return value;
}

function parseMail(environment: Environment): MailConfig | undefined {
  const [smtp, to] = [optional(environment, 'VARVE_SMTP_URL'), optional(environment, 'VARVE_MAIL_TO')];
  if (smtp === undefined && to === undefined) return undefined;
  if (smtp === undefined || to === undefined) throw new ConfigError('Set both VARVE_SMTP_URL and VARVE_MAIL_TO.');
  if (!/^smtps?:\/\//.test(smtp) || !URL.canParse(smtp))
    throw new ConfigError('VARVE_SMTP_URL must begin with smtp:// or smtps://.');
  const types = optional(environment, 'VARVE_MAIL_TYPES')?.split(',');
  return {
    url: smtp,
    to,
    from: optional(environment, 'VARVE_MAIL_FROM') ?? 'varve@localhost',
    ...(types && { types: types.map((type) => type.trim()) }),
  };
}

/** `10.1.0.0/16,192.168.1.7` */
function addressBlocks(name: string, text = ''): string[] {
  const blocks = text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  const wrong = blocks.find((block) => !isAddressBlock(block));
  if (wrong !== undefined) throw new ConfigError(`${name}: "${wrong}" is no address, and no block like 10.1.0.0/16.`);
  return blocks;
}

function flag(environment: Environment, name: string): boolean {
  const text = optional(environment, name);
  if (text !== undefined && text !== '0' && text !== '1') throw new ConfigError(`${name} must be 0 or 1.`);
  return text === '1';
}

function url(name: string, text: string): string {
  if (!URL.canParse(text)) throw new ConfigError(`${name} must be a URL.`);
  return text;
}

function required(environment: Environment, name: string): string {
  const text = optional(environment, name);
  if (text === undefined) throw new ConfigError(`${name} is not set.`);
  return text;
}

/** An empty variable counts as unset. */
function optional(environment: Environment, name: string): string | undefined {
  const text = environment[name];
  return text === '' ? undefined : text;
}
