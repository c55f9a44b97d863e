import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../../src/composition.ts';
import { addressOf } from '../../../src/local/elsewhere/choose-place.ts';
import { connectObjects } from '../../../src/local/elsewhere/open-bucket.ts';
import { freePort } from '../../../src/local/ports.ts';
import { graphqlRoute } from '../../../src/local/server/graphql-route.ts';
import { parseConfig } from '../../../src/platform/config.ts';
import { OWNER_KEY } from '../../../src/platform/objects/owner.ts';
import { createHandler } from '../../../src/service/api/handler.ts';
import { createTestTable } from '../../support/engines.ts';
import { setFunctionEnvironment } from '../../support/function-environment.ts';
import { cliBuilt } from '../../support/launcher.ts';
import { type Store, startStore } from '../elsewhere/stores.ts';
import { ended, expectContents, randomFile, tryAnywhere, tryVarve, varve } from '../keep/installation.ts';
import { eventually, startVarve, temporaryFolder } from '../running.ts';

const TIMEOUT = { timeout: 400_000 };
const MIB = 1024 * 1024;
let store: Store;

beforeAll(async () => {
  await cliBuilt();
  store = await startStore('s3rver');
});
afterAll(() => store[Symbol.asyncDispose]());

const start = async (data: string, ...more: readonly string[]) => {
  const running = startVarve(['--data', data, '--port', `${await freePort()}`, ...more], 'server', store.environment);
  await running.ready();
  return running;
};
const bucketName = (bucket: string) => new URL(bucket).host;

/** The functions of an installation on AWS, over local engines. */
async function onAws(bucket: string, region: string) {
  const { tableName } = await createTestTable();
  await setFunctionEnvironment(tableName, bucketName(bucket));
  const regions = JSON.stringify([{ id: region, bucket: bucketName(bucket) }]);
  Object.assign(process.env, store.environment, { VARVE_REGIONS: regions });
  return compose(parseConfig(process.env));
}

describe('from one machine to AWS', TIMEOUT, () => {
  let api: Server;
  afterAll(() => api?.close());

  it('the objects move, the function rebuilds the catalogue, and the machine does not go on', async () => {
    using folder = temporaryFolder();
    const data = join(folder.path, 'data');
    const bucket = await store.bucket();
    const [plain, sealed] = ['plain', 'sealed'].map((file) => randomFile(folder.path, file, 2 * MIB)) as [
      string,
      string,
    ];
    {
      await using running = await start(data);
      await varve(data, 'service', 'open', '--accept-terms');
      for (const [name, file, ...more] of [['plain', plain] as const, ['sealed', sealed, '--encrypted'] as const]) {
        await varve(data, 'disk', 'import', file, '--name', name, ...more);
        await varve(data, 'snapshot', 'create', name, '--name', `of-${name}`);
      }
      await ended(running);
    }
    const moved = await tryVarve(data, ['server', 'move', '--to', bucket], store.environment);
    expect(moved).toMatchObject({ code: 0, stderr: '' });

    const wrong = await onAws(bucket, 'eu-central-1');
    await expect(wrong.rebuild({}, Number.POSITIVE_INFINITY)).rejects.toThrow(/region "local".*"eu-central-1"/);
    const owner = await connectObjects(addressOf(bucket, {})).get(OWNER_KEY);
    expect(owner?.toString()).toContain(`${data} on `); // nothing was taken
    const { rebuild, service, log } = await onAws(bucket, 'local');
    const report = await rebuild({}, Number.POSITIVE_INFINITY);
    expect(report).toMatchObject({ finished: true, losses: [], reclaimHeldBack: false, apiKeys: [{}] });

    api = createServer((request, response) => {
      graphqlRoute(createHandler(service, log))(request, response).catch(() => response.destroy());
    });
    api.listen(0, '127.0.0.1');
    await once(api, 'listening');
    const environment = {
      VARVE_ENDPOINT: `http://127.0.0.1:${(api.address() as AddressInfo).port}/graphql`,
      VARVE_API_KEY: report.apiKeys[0]?.apiKey ?? '',
      VARVE_KEY_FILE: join(data, 'keys.json'),
    };
    for (const [name, file] of [['of-plain', plain] as const, ['of-sealed', sealed] as const]) {
      const output = join(folder.path, `${name}.out`);
      const told = await tryAnywhere(['snapshot', 'export', name, output], environment);
      expect(told).toMatchObject({ code: 0 });
      expect(readFileSync(output).equals(readFileSync(file))).toBe(true);
    }
    const again = await tryVarve(data, ['server', '--port', `${await freePort()}`], store.environment);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('belongs to another installation') });
  });
});

describe('from AWS to one machine', TIMEOUT, () => {
  it('a rebuild on the bucket takes over its region', async () => {
    using folder = temporaryFolder();
    const [before, after] = [join(folder.path, 'before'), join(folder.path, 'after')];
    const bucket = await store.bucket();
    const image = randomFile(folder.path, 'image', 2 * MIB);
    // What an installation with another region leaves in a bucket.
    mkdirSync(before, { mode: 0o700 });
    const marker = { format: 2, complete: false, rebuilding: false, region: 'eu-central-1' };
    writeFileSync(join(before, 'varve.json'), JSON.stringify(marker));
    {
      await using running = await start(before, '--objects', bucket);
      await varve(before, 'service', 'open', '--accept-terms');
      await varve(before, 'disk', 'import', image, '--name', 'disk');
      const { region } = await varve(before, 'snapshot', 'create', 'disk', '--name', 'first');
      expect(region).toBe('eu-central-1');
      await eventually(() =>
        store.moody.requests.some(
          ({ method, path }) => method === 'PUT' && path.startsWith(`/${bucketName(bucket)}/manifests/local/s-`),
        ),
      );
      await ended(running);
    }
    const words = ['rebuild', '--from-bucket', '--objects', bucket, '--take-over', '--without-keys'];
    const report = await tryVarve(after, words, store.environment);
    expect(JSON.parse(report.stdout)).toMatchObject({ finished: true, losses: [] });
    await using running = await start(after);
    await expectContents(after, ['snapshot', 'export', 'first'], image);
    await varve(after, 'disk', 'import', image, '--name', 'more');
    expect((await varve(after, 'disk', 'show', 'more')).region).toBe('eu-central-1');
    await ended(running);
    // And into a folder of its own.
    const moved = await tryVarve(after, ['server', 'move', '--to', 'folder'], store.environment);
    expect(moved).toMatchObject({ code: 0, stderr: '' });
    await using alone = await start(after);
    await expectContents(after, ['disk', 'export', 'more'], image);
    await ended(alone);
  });
});
