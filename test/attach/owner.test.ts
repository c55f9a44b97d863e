import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isAlive } from '../../src/attach/journal/owner.ts';

/**
 * A process that has ended, and of whose end its parent does not ask: in a container the first
 * process may be such a parent.
 */
async function unheardOf(): Promise<number> {
  const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 300'], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    parent.kill();
    await once(parent, 'exit');
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  await vi.waitFor(async () => expect(await readFile(`/proc/${pid}/stat`, 'utf8')).toContain(') Z '), 30_000);
  return pid;
}

test('the owner of a journal is alive while it runs, and no longer when it has ended', async () => {
  expect(await isAlive({ pid: process.pid, begun: null, fence: 1 })).toBe(true);
  expect(await isAlive({ pid: process.pid, begun: 'before', fence: 1 })).toBe(false);
  expect(await isAlive({ pid: await unheardOf(), begun: null, fence: 1 })).toBe(false);
});
