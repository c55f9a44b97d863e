import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { cliBuilt } from '../../support/launcher.ts';
import { eventually, temporaryFolder } from '../running.ts';
import { ended, expectContents, randomFile, started, tryVarve, varve } from './installation.ts';

beforeAll(cliBuilt);

it('a rebuild takes keys, arrears and instances from the newest copy of the catalogue', {
  timeout: 600_000,
}, async () => {
  using folder = temporaryFolder();
  const data = join(folder.path, 'data');
  const image = randomFile(folder.path, 'image', 1024 * 1024);
  const notes = () => JSON.parse(readFileSync(join(data, 'keeping.json'), 'utf8'));
  let key = '';
  let instance = '';
  {
    await using running = await started(data);
    await varve(data, 'service', 'open', '--accept-terms');
    key = (await varve(data, 'account', 'create', 'team-b')).apiKey;
    await varve(data, 'account', 'arrears', 'team-b');
    await varve(data, 'account', 'arrears', 'local');
    instance = (await varve(data, 'instance', 'create', 'machine', '--system-size', '1MiB')).id;
    await varve(data, 'disk', 'import', image, '--name', 'disk');
    await varve(data, 'instance', 'attach', 'machine', 'disk');
    await eventually(() => notes().copy !== undefined);
    await ended(running);
  }
  const { copy: _, ...rest } = notes();
  writeFileSync(join(data, 'keeping.json'), JSON.stringify(rest));
  {
    await using running = await started(data);
    await eventually(() => notes().copy !== undefined);
    // Of disks they are written a minute later.
    const manifests = join(data, 'objects/manifests/local');
    await eventually(
      () => existsSync(manifests) && readdirSync(manifests).filter((id) => id.startsWith('d-')).length === 2,
    );
    await ended(running);
  }
  for (const end of ['', '-wal']) rmSync(join(data, `catalogue.sqlite${end}`), { force: true });
  const told = await varve(data, 'rebuild', '--from-bucket');
  expect(told).toMatchObject({
    losses: [],
    apiKeys: [],
    fromCopy: { accounts: 1, arrears: 1, instances: 1, instancesLost: [] },
  });
  await using running = await started(data);
  const asTeam = await tryVarve(data, ['account', 'show'], { VARVE_API_KEY: key });
  expect(JSON.parse(asTeam.stdout)).toMatchObject({ id: 'team-b', status: 'IN_ARREARS' });
  const shown = await varve(data, 'instance', 'show', instance);
  expect(JSON.stringify(shown)).toContain('disk');
  await varve(data, 'instance', 'detach', 'machine', 'disk');
  await expectContents(data, ['disk', 'export', 'disk'], image);
  await ended(running);
});
