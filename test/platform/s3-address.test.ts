import { describe, expect, test } from 'vitest';
import { parseS3Address, printS3Address } from '../../src/platform/objects/s3-address.ts';

describe('an address of a bucket', () => {
  test.each([
    ['s3://disks?region=eu-west-1', {}, 's3://disks?region=eu-west-1&path-style=0'],
    ['s3://disks', { AWS_REGION: 'eu-west-1' }, 's3://disks?region=eu-west-1&path-style=0'],
    ['s3://disks/', { AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-1' }, 's3://disks?region=eu-west-1&path-style=0'],
    [
      's3://disks?endpoint=http://127.0.0.1:9000/',
      {},
      's3://disks?endpoint=http://127.0.0.1:9000&region=us-east-1&path-style=1',
    ],
    [
      's3://disks?endpoint=https%3A%2F%2Fstore.example%2Fs3&region=auto&path-style=0',
      { AWS_ENDPOINT_URL_S3: 'http://other' },
      's3://disks?endpoint=https://store.example/s3&region=auto&path-style=0',
    ],
    ['s3://disks', { AWS_ENDPOINT_URL: 'http://a' }, 's3://disks?endpoint=http://a&region=us-east-1&path-style=1'],
    [
      's3://disks',
      { AWS_ENDPOINT_URL_S3: 'http://b', VARVE_S3_PATH_STYLE: '0' },
      's3://disks?endpoint=http://b&region=us-east-1&path-style=0',
    ],
  ])('%s with %o is %s', (text, environment, printed) => {
    const address = parseS3Address(text, environment);
    expect(printS3Address(address)).toBe(printed);
    // What is printed is whole: no environment changes it.
    expect(parseS3Address(printed, {})).toEqual(address);
    expect(parseS3Address(printed, { AWS_REGION: 'elsewhere' })).toEqual(address);
  });

  test.each([
    ['disks', /^disks is no bucket: give s3:\/\//],
    ['https://disks', /is no bucket/],
    ['s3://Disks_', /is no bucket's name/],
    ['s3://', /is no bucket's name/],
    ['s3://disks/prefix?region=a', /a bucket of its own: leave out \/prefix/],
    ['s3://disks?key=1&region=a', /has no "key"/],
    ['s3://disks', /Say in which region/],
    ['s3://disks?endpoint=store', /is no endpoint/],
    ['s3://disks?endpoint=ftp://store', /is no endpoint/],
  ])('%s is refused', (text, why) => {
    expect(() => parseS3Address(text, {})).toThrow(why);
  });

  test.each(['s3://me:s3cret@disks?region=a', 's3://disks?endpoint=http://me:s3cret@store', 'https://me:s3cret@disks'])(
    'keys in %s are refused and not repeated',
    (text) => {
      expect(() => parseS3Address(text, {})).toThrow(/^(?!.*s3cret)/);
      expect(() => parseS3Address(text, {})).toThrow();
    },
  );
});
