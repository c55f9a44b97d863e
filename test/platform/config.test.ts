import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../../src/platform/config.ts';

const environment = {
  VARVE_TABLE: 'varve',
  VARVE_REGIONS:
    '[{"id":"north","bucket":"blocks-north","timeZone":"Europe/Oslo"},{"id":"south","bucket":"blocks-south","awsRegion":"eu-south-1"}]',
  VARVE_QUEUE_URL: 'https://sqs.example/1/work',
  VARVE_KMS: 'alias/varve',
};

const FORM = '{"id", "bucket", "timeZone"?, "awsRegion"?}';
const NO_IMPORT_LIST =
  'VARVE_IMPORT_BUCKETS must be a JSON array of {"bucket", "region"?, "accounts": ["…"], "prefix"?}.';
const NO_EXPORT_LIST = 'VARVE_EXPORT_BUCKETS must be a JSON array of {"bucket", "region"?, "accounts": ["…"]}.';
const NO_LIST = `VARVE_REGIONS must be a JSON array of ${FORM}.`;

describe('config', () => {
  it('reads an installation from its environment', () => {
    expect(parseConfig(environment)).toEqual({
      table: 'varve',
      regions: [
        { id: 'north', bucket: 'blocks-north', timeZone: 'Europe/Oslo' },
        { id: 'south', bucket: 'blocks-south', timeZone: 'UTC', awsRegion: 'eu-south-1' },
      ],
      exportBuckets: [],
      importBuckets: [],
      queueUrl: 'https://sqs.example/1/work',
      keys: { kind: 'kms', keyId: 'alias/varve' },
      s3PathStyle: false,
      reclaimGraceMs: 86_400_000,
      expiredGraceMs: 15 * 86_400_000,
      scrubPace: { bytesPerDay: 100 * 1024 ** 3, everyMs: 30 * 86_400_000 },
      readBackBytesPerDay: 1024 ** 4,
      webhooks: { allow: [], allowHttp: false },
      logLevel: 'info',
    });
  });

  it('takes further buckets for exports, by default those of the first region', () => {
    const text = '[{"bucket":"ours","accounts":["acme"]},{"bucket":"theirs","region":"south","accounts":["b","c"]}]';
    expect(parseConfig({ ...environment, VARVE_EXPORT_BUCKETS: text }).exportBuckets).toEqual([
      { bucket: 'ours', region: 'north', accounts: ['acme'] },
      { bucket: 'theirs', region: 'south', accounts: ['b', 'c'] },
    ]);
  });

  it('takes what a single machine adds', () => {
    const config = parseConfig({
      ...environment,
      VARVE_KMS: '',
      VARVE_KEY_FILE: '/data/keys.json',
      VARVE_PUBLIC_S3_ENDPOINT: 'http://127.0.0.1:9000',
      VARVE_S3_PATH_STYLE: '1',
      VARVE_RECLAIM_GRACE_HOURS: '0.5',
      VARVE_LOG: 'debug',
    });
    expect(config).toMatchObject({
      keys: { kind: 'file', path: '/data/keys.json' },
      publicS3Endpoint: 'http://127.0.0.1:9000',
      s3PathStyle: true,
      reclaimGraceMs: 1_800_000,
      logLevel: 'debug',
    });
  });

  it.each([
    [{ VARVE_TABLE: '' }, 'VARVE_TABLE is not set.'],
    [{ VARVE_REGIONS: undefined }, 'VARVE_REGIONS is not set.'],
    [{ VARVE_REGIONS: '{' }, NO_LIST],
    [{ VARVE_REGIONS: '{}' }, NO_LIST],
    [{ VARVE_REGIONS: '[]' }, 'VARVE_REGIONS must name at least one region.'],
    [{ VARVE_REGIONS: '[null]' }, 'VARVE_REGIONS: "id" must be 1 to 63 lower-case letters, digits or hyphens.'],
    [{ VARVE_REGIONS: '[{"id":"a"}]' }, 'VARVE_REGIONS: region a has no "bucket".'],
    [
      { VARVE_REGIONS: '[{"id":"a","bucket":"b","timeZone":"Mars/Base"}]' },
      'VARVE_REGIONS: "timeZone" of region a is not an IANA time zone.',
    ],
    [
      { VARVE_REGIONS: '[{"id":"a","bucket":"b","awsRegion":"The North"}]' },
      'VARVE_REGIONS: "awsRegion" of region a is not a region of AWS.',
    ],
    [
      { VARVE_REGIONS: '[{"id":"a","bucket":"b"},{"id":"a","bucket":"c"}]' },
      'VARVE_REGIONS must not name a region twice.',
    ],
    [{ VARVE_EXPORT_BUCKETS: '{}' }, NO_EXPORT_LIST],
    [
      { VARVE_WEBHOOK_ALLOW: '10.0.0.0/8, example.com' },
      'VARVE_WEBHOOK_ALLOW: "example.com" is no address, and no block like 10.1.0.0/16.',
    ],
    [{ VARVE_SMTP_URL: 'smtp://localhost' }, 'Set both VARVE_SMTP_URL and VARVE_MAIL_TO.'],
    [{ VARVE_SMTP_URL: 'http://x', VARVE_MAIL_TO: 'a@b' }, 'VARVE_SMTP_URL must begin with smtp:// or smtps://.'],
    [{ VARVE_EXPORT_BUCKETS: '[{"bucket":"ours"}]' }, NO_EXPORT_LIST],
    [{ VARVE_EXPORT_BUCKETS: '[{"bucket":"ours","accounts":["a"],"prefix":"x"}]' }, NO_EXPORT_LIST],
    [{ VARVE_IMPORT_BUCKETS: '7' }, NO_IMPORT_LIST],
    [{ VARVE_IMPORT_BUCKETS: '[{"bucket":"ours","accounts":["a"],"prefix":7}]' }, NO_IMPORT_LIST],
    [
      { VARVE_IMPORT_BUCKETS: '[{"bucket":"blocks-north","accounts":["a"]}]' },
      "VARVE_IMPORT_BUCKETS: bucket blocks-north is a region's own.",
    ],
    [{ VARVE_EXPORT_BUCKETS: '[{"bucket":"ours","accounts":[]}]' }, NO_EXPORT_LIST],
    [
      { VARVE_EXPORT_BUCKETS: '[{"bucket":"ours","region":"west","accounts":["a"]}]' },
      'VARVE_EXPORT_BUCKETS: bucket ours is of no region.',
    ],
    [
      { VARVE_EXPORT_BUCKETS: '[{"bucket":"blocks-north","accounts":["a"]}]' },
      "VARVE_EXPORT_BUCKETS: bucket blocks-north is a region's own.",
    ],
    [{ VARVE_QUEUE_URL: 'work' }, 'VARVE_QUEUE_URL must be a URL.'],
    [{ VARVE_KMS: '' }, 'Set exactly one of VARVE_KEY_FILE (single machine) and VARVE_KMS (cloud).'],
    [{ VARVE_KEY_FILE: 'keys.json' }, 'Set exactly one of VARVE_KEY_FILE (single machine) and VARVE_KMS (cloud).'],
    [{ VARVE_PUBLIC_S3_ENDPOINT: 'here' }, 'VARVE_PUBLIC_S3_ENDPOINT must be a URL.'],
    [{ VARVE_S3_PATH_STYLE: 'yes' }, 'VARVE_S3_PATH_STYLE must be 0 or 1.'],
    [{ VARVE_RECLAIM_GRACE_HOURS: '-1' }, 'VARVE_RECLAIM_GRACE_HOURS must be a number of hours, 0 or more.'],
    [{ VARVE_LOG: 'all' }, 'VARVE_LOG must be one of error, warn, info, debug.'],
  ])('refuses %o', (change, message) => {
    expect(() => parseConfig({ ...environment, ...change })).toThrow(new ConfigError(message));
  });
});
