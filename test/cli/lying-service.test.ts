import { randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import type { Told } from '../support/api.ts';
import { type LyingProxy, startLyingProxy } from '../support/lying-proxy.ts';
import { type CliHarness, createCliHarness } from './harness.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

let cli: CliHarness;
let proxy: LyingProxy;
let environment: Record<string, string>;
beforeAll(async () => {
  cli = await createCliHarness();
  proxy = await startLyingProxy(cli.environment.VARVE_ENDPOINT as string);
  environment = { VARVE_ENDPOINT: proxy.url };
  const image = cli.path('image');
  await writeFile(image, randomBytes(4 * BLOCK_BYTES));
  await cli.json('disk', 'import', image, '--name', 'web');
  await cli.json('snapshot', 'create', 'web', '--name', 'monday');
});
afterAll(async () => {
  await proxy.close();
  await cli.close();
});

const swapTwoBlocks = ({ blocks }: Told) => {
  [blocks[1].id, blocks[2].id] = [blocks[2].id, blocks[1].id];
  [blocks[1].url, blocks[2].url] = [blocks[2].url, blocks[1].url];
};

describe('9.6: a service that swaps two blocks', () => {
  it.each([
    ['disk', 'export', 'web', 'web.out'],
    ['disk', 'export', 'web', '-'],
    ['snapshot', 'verify', 'monday'],
  ])('is found out by varve %s %s %s %s', async (...words) => {
    proxy.tell({ blockMap: swapTwoBlocks });
    const { code, stdout, stderr } = await cli.run([...words.filter(Boolean), '--json'], { environment });
    expect([code, stdout], stderr).toEqual([5, '']);
    const { error } = JSON.parse(stderr.trim().split('\n').at(-1) as string);
    expect(error).toMatchObject({ code: 'ObjectDamaged', reason: 'ROOT', offsetBytes: 0 });
    expect(error.message).toContain('Damaged data in');
    expect(await readdir(cli.folder)).not.toContain('web.out');
  });
});

describe('9.6: an attachment', () => {
  it('does not begin if the service contradicts itself', async () => {
    proxy.tell({ acquireLease: ({ disk }) => (disk.root = 'b'.repeat(64)) });
    const { code, stderr } = await cli.run(['attach', 'web'], { environment });
    expect(code, stderr).toBe(5);
    expect(stderr).toContain('another root');
  });

  it.each([['web'], ['web', '--read-only'], ['monday']])('of %s does not begin with another root', async (...words) => {
    proxy.tell({});
    const wanted = `${'b'.repeat(64)}:${4 * BLOCK_BYTES}`;
    const { code, stderr } = await cli.run(['attach', ...words, '--root', wanted], { environment });
    expect(code, stderr).toBe(5);
    expect(stderr).toContain('b'.repeat(64));
  });
});

describe('9.6: --root', () => {
  it.each(['disk', 'snapshot'])('takes what %s show prints', async (noun) => {
    proxy.tell({});
    const name = noun === 'disk' ? 'web' : 'monday';
    const shown = (await cli.run([noun, 'show', name])).stdout;
    const [, root] = /^Root:?\s+(\S+:\d+)$/m.exec(shown) as RegExpExecArray;
    const { code, stderr } = await cli.run([noun, 'verify', name, '--root', root as string], { environment });
    expect(code, stderr).toBe(0);
  });

  it('refuses other contents, whatever the service says', async () => {
    proxy.tell({});
    const wanted = `${'b'.repeat(64)}:${4 * BLOCK_BYTES}`;
    const { code, stderr } = await cli.run(['disk', 'export', 'web', 'web.out', '--root', wanted], { environment });
    expect(code).toBe(5);
    expect(stderr).toContain('b'.repeat(64));
    expect(await readdir(cli.folder)).not.toContain('web.out');
  });

  it.each(['abc', 'b:12', `${'b'.repeat(64)}`, `${'b'.repeat(64)}:0`, `${'B'.repeat(64)}:1`, 'empty:1:2'])(
    'of the form %s is refused',
    async (root) => {
      const { code, stderr } = await cli.run(['snapshot', 'verify', 'monday', '--root', root]);
      expect([code, stderr]).toEqual([2, expect.stringContaining('ROOT:SIZE')]);
    },
  );
});
