import { beforeAll, expect, it } from 'vitest';
import { freePort } from '../../src/local/ports.ts';
import { cliBuilt } from '../support/launcher.ts';
import { eventually, startVarve, temporaryFolder } from './running.ts';

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

it('a tour that is stopped in the middle says so', { timeout: 120_000 }, async () => {
  using folder = temporaryFolder();
  await using running = startVarve(['--data', folder.path, '--port', `${await freePort()}`], 'demo');
  await eventually(() => running.stdout().includes('$ varve disk import'));
  process.kill(running.pid, 'SIGINT');
  expect(await running.exit()).toBe(130);
  expect(running.stderr()).toBe('varve: Stopped before it had ended. What is there stays.\n');
});
