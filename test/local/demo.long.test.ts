import { beforeAll, expect, it } from 'vitest';
import { freePort } from '../../src/local/ports.ts';
import { cliBuilt } from '../support/launcher.ts';
import { startVarve, temporaryFolder } from './running.ts';

beforeAll(cliBuilt);

it('the tour takes a disk in, through snapshots, and out as it was, and ends', { timeout: 300_000 }, async () => {
  using folder = temporaryFolder();
  const args = ['--exit', '--data', folder.path, '--port', `${await freePort()}`];
  await using running = startVarve(args, 'demo');
  const code = await running.exit();
  expect(running.stderr()).toBe('');
  expect(code).toBe(0);
  const lines = running.stdout().split('\n');
  expect(lines.filter((line) => line.trim().startsWith('identical'))).toHaveLength(3);
  expect(running.stdout()).toContain('Everything came out as it went in.');
});
