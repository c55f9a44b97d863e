import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf } from '../../../src/local/elsewhere/choose-place.ts';
import {
  connectObjects,
  findBucket,
  newInstallationId,
  noteRun,
  ownerOf,
  requireOwn,
  takeEmpty,
  takeOver,
} from '../../../src/local/elsewhere/open-bucket.ts';
import { watchOwner } from '../../../src/local/elsewhere/watch-owner.ts';
import { OWNER_KEY } from '../../../src/platform/objects/owner.ts';
import type { Refusal } from '../../support/moody-store.ts';
import { startSecondS3 } from '../../support/second-s3.ts';
import { SILENT_LOG } from '../../support/silent-log.ts';
import { STORES, type Store, startStore } from './stores.ts';

const nothing = () => undefined;
const goesOn = Promise.resolve('goes on');

/** What a start does with an empty bucket. */
async function take(bucket: string, id = newInstallationId()): Promise<string> {
  const found = await findBucket(addressOf(bucket, {}));
  await takeEmpty(found, ownerOf('/srv/varve', id), nothing);
  return id;
}

const objectsOf = (bucket: string) => connectObjects(addressOf(bucket, {}));

beforeAll(() => {
  process.env.AWS_ACCESS_KEY_ID = 'TESTS';
  process.env.AWS_SECRET_ACCESS_KEY = 'the secret of the tests';
});

describe.each(STORES)('a bucket of %s', (name) => {
  let store: Store;
  beforeAll(async () => {
    store = await startStore(name);
    Object.assign(process.env, store.environment);
  });
  afterAll(() => store[Symbol.asyncDispose]());

  test('is taken through latency and SlowDown, and is known again', async () => {
    const bucket = await store.bucket();
    Object.assign(store.moody.moods, { latencyMs: 20, slowDownEach: 3 });
    const id = await take(bucket);
    await requireOwn(await findBucket(addressOf(bucket, {})), id);
    await take(bucket, id); // a first start that did not end
    Object.assign(store.moody.moods, { latencyMs: 0, slowDownEach: 0 });
  });

  test('is watched: another owner ends a server, and so does a copy of it', async () => {
    const bucket = await store.bucket();
    const id = await take(bucket);
    const found = await findBucket(addressOf(bucket, {}));
    const owner = ownerOf('/srv/varve', id);
    const run = await noteRun(found, owner);
    const watched = watchOwner({ objects: found.objects, id, run, log: SILENT_LOG }, 1);
    await sleep(50);
    expect(await Promise.race([watched.lost, goesOn])).toBe('goes on');
    store.moody.moods.refuse = () => ({ status: 404, code: 'NoSuchKey' });
    await sleep(50);
    expect(await Promise.race([watched.lost, goesOn])).toBe('goes on');
    store.moody.moods.refuse = nothing;
    const later = await noteRun(found, owner);
    expect((await watched.lost).message).toContain('a copy of this data folder');
    await watched.stop();
    const copy = watchOwner({ objects: found.objects, id, run: later, log: SILENT_LOG }, 1);
    await takeOver(found, ownerOf('/elsewhere', newInstallationId()));
    expect((await copy.lost).message).toContain('taken over by /elsewhere on');
    await copy.stop();
  });

  test('is not taken from another installation, but on request', async () => {
    const bucket = await store.bucket();
    const id = await take(bucket);
    await expect(take(bucket)).rejects.toThrow(/belongs to another installation \(\/srv\/varve on /);
    const found = await findBucket(addressOf(bucket, {}));
    const other = newInstallationId();
    await expect(requireOwn(found, other)).rejects.toThrow('belongs to another installation');
    await takeOver(found, ownerOf('/elsewhere', other));
    await expect(requireOwn(await findBucket(addressOf(bucket, {})), id)).rejects.toThrow('(/elsewhere on');
  });

  test('is taken by one of many that come at once', async () => {
    const bucket = await store.bucket();
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => take(bucket)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const reasons = outcomes.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    for (const reason of reasons) expect(reason).toContain('belongs to another installation');
  });

  test('with objects of nobody is refused, and so is one without the owner that it had', async () => {
    const bucket = await store.bucket();
    await objectsOf(bucket).put('something', Buffer.from('of somebody'));
    await expect(take(bucket)).rejects.toThrow(/is not empty.*rebuild --from-bucket --objects/);
    const emptied = await findBucket(addressOf(await store.bucket(), {}));
    await expect(requireOwn(emptied, newInstallationId())).rejects.toThrow(`has no ${OWNER_KEY}`);
    await objectsOf(bucket).remove(['something']);
    await objectsOf(bucket).put(OWNER_KEY, Buffer.from('{'));
    await expect(take(bucket)).rejects.toThrow('does not say which');
  });

  test.each<[string, Refusal, RegExp]>([
    ['none', { status: 404, code: 'NoSuchBucket' }, /^There is no bucket varve-.* at http/],
    [
      'another region',
      { status: 301, code: 'PermanentRedirect', headers: { 'x-amz-bucket-region': 'eu-west-1' } },
      /give region=eu-west-1\.$/,
    ],
    [
      'another region, unnamed',
      { status: 400, code: 'AuthorizationHeaderMalformed' },
      /does not take region us-east-1/,
    ],
    ['no rights', { status: 403, code: 'AccessDenied' }, /refuses the credentials .*\(AccessDenied\)/],
    [
      'a key that there is not',
      { status: 403, code: 'InvalidAccessKeyId' },
      /refuses the credentials .*\(InvalidAccessKeyId\)/,
    ],
    [
      'another time',
      { status: 403, code: 'RequestTimeTooSkewed', headers: { date: new Date(0).toUTCString() } },
      /^The clock of this machine differs by \d{9,} s/,
    ],
    ['something strange', { status: 418, code: 'Teapot' }, /cannot be used: it answered Teapot/],
  ])('that says %s is refused in one sentence', async (_, refusal, why) => {
    const bucket = await store.bucket();
    store.moody.moods.refuse = () => refusal;
    await expect(take(bucket)).rejects.toMatchObject({ name: 'StartError', message: expect.stringMatching(why) });
    store.moody.moods.refuse = nothing;
  });

  test('that forgets what it acknowledged is refused', async () => {
    const bucket = await store.bucket();
    store.moody.moods.forgets = () => true;
    await expect(take(bucket)).rejects.toThrow('does not give back what was just stored');
    store.moody.moods.forgets = () => false;
  });
});

test('a store that does not keep conditions is refused, and nothing is left in it', async () => {
  await using bare = await startSecondS3();
  const bucket = `s3://${await bare.createBucket()}?endpoint=${bare.endpoint}`;
  await expect(take(bucket)).rejects.toThrow(/does not keep conditional writes \(it answered 200 to If-None-Match\)/);
  expect(await objectsOf(bucket).list('', { limit: 10 })).toMatchObject({ keys: [] });
});

test('a store that is not there is told, with the reason', { timeout: 60_000 }, async () => {
  await expect(take('s3://bucket?endpoint=http://127.0.0.1:9')).rejects.toThrow(
    /does not answer for the bucket bucket at http:\/\/127.0.0.1:9 \(ECONNREFUSED\)/,
  );
});

test('a clock that differs is told', async () => {
  await using bare = await startSecondS3();
  const bucket = `s3://${await bare.createBucket()}?endpoint=${bare.endpoint}`;
  const { lookAtBucket } = await import('../../../src/local/elsewhere/look.ts');
  const look = await lookAtBucket(objectsOf(bucket), addressOf(bucket, {}), () => Date.now() + 90_000);
  expect(look).toMatchObject({ owner: undefined, isEmpty: true });
  expect(look.aheadMs).toBeGreaterThan(80_000);
});
