import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { sizeText } from '../../src/platform/size-text.ts';
import { runScrub } from '../../src/service/scrubs/run.ts';
import { type CliHarness, createCliHarness, writeManyBlocks } from './harness.ts';

vi.setConfig({ testTimeout: 240_000 });

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
});
afterAll(() => cli.close());

interface Damage {
  readonly kind: string;
  /** A pattern of what it may be found as. */
  readonly reason: string;
  /** The stored bytes become these; without it the object is removed. */
  readonly damage?: (bytes: Buffer) => Buffer;
  readonly noun: 'disk' | 'snapshot';
}
const DAMAGES: readonly Damage[] = [
  {
    kind: 'changed',
    reason: 'CHECKSUM|FORM',
    damage: (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 20), Buffer.from('!'), bytes.subarray(21)]),
    noun: 'disk',
  },
  {
    kind: 'cut',
    reason: 'LENGTH|FORM',
    damage: (bytes: Buffer) => bytes.subarray(0, bytes.length - 3),
    noun: 'snapshot',
  },
  { kind: 'emptied', reason: 'LENGTH', damage: () => Buffer.alloc(0), noun: 'disk' },
  { kind: 'swollen', reason: 'LENGTH', damage: () => Buffer.alloc(2 * BLOCK_BYTES), noun: 'snapshot' },
  { kind: 'removed', reason: 'MISSING', noun: 'disk' },
];

describe.each(DAMAGES)('9.5: an object that was $kind', ({ kind, reason, damage, noun }) => {
  it('is told of with disk or snapshot, offset and object, and no file gets its name', async () => {
    const image = cli.path(`${kind}.img`);
    await writeManyBlocks(image, 20);
    const { diskId } = await cli.json('disk', 'import', image, '--name', `disk-${kind}`);
    const { id: snapshotId } = await cli.json('snapshot', 'create', diskId, '--name', `snapshot-${kind}`);
    const { blockMap } = await cli.account.call(
      'query($id: ID!) { blockMap(input: { source: $id, startIndex: 13, limit: 1 }) { blocks { index id } } }',
      { id: diskId },
    );
    const objectId: string = blockMap.blocks[0].id;
    const key = await keyOf(objectId);
    const bytes = await cli.api.objects.get(key);
    if (damage) await cli.api.objects.put(key, damage(bytes as Buffer));
    else await cli.api.objects.remove([key]);

    const id = noun === 'disk' ? diskId : snapshotId;
    const output = cli.path(`${kind}.out`);
    const { code, stderr, stdout } = await cli.run([noun, 'export', id, output, '--json']);
    expect(code, stderr).toBe(5);
    const { error } = JSON.parse(stderr.trim().split('\n').at(-1) as string);
    const place = { [`${noun}Id`]: id, offsetBytes: 13 * BLOCK_BYTES, objectId };
    expect(error).toMatchObject({ code: 'ObjectDamaged', ...place, known: true });
    expect(error.reason).toMatch(new RegExp(`^(${reason})$`));
    expect(error.message).toContain(`offset ${sizeText(13 * BLOCK_BYTES)}`);
    expect(stdout).toBe('');
    expect(await readdir(cli.folder)).not.toContain(`${kind}.out`);

    const verified = await cli.run([noun, 'verify', id, '--json']);
    expect(verified.code, verified.stderr).toBe(5);
    const { damages, damagedBlocks, transferredBytes, known } = JSON.parse(verified.stdout);
    expect(damages).toEqual([{ offsetBytes: 13 * BLOCK_BYTES, objectId, reason: error.reason }]);
    expect([damagedBlocks, known]).toEqual([1, true]);
    // it went on behind the damage
    expect(transferredBytes).toBeGreaterThanOrEqual(19 * BLOCK_BYTES);

    const piped = await cli.run([noun, 'export', id, '-', '--json']);
    expect(piped.code).toBe(5);
    expect(piped.stdout.length).toBeLessThanOrEqual(13 * BLOCK_BYTES);

    const list = (await cli.run(['damage', 'list'])).stdout;
    expect(list).toMatch(new RegExp(`${objectId} +block +(${reason}) +- `));
    expect(list).toContain(`${id} (${noun}-${kind}) at offset ${sizeText(13 * BLOCK_BYTES)}`);
    // Without any scrub: the service has heard of it from those who read.
    await cli.json('disk', 'import', image, '--name', `healer-${kind}`);
    const other = noun === 'disk' ? 'snapshot' : 'disk';
    expect(await cli.json(other, 'verify', noun === 'disk' ? snapshotId : diskId)).toMatchObject({
      damagedBlocks: 0,
      damages: [],
      known: true,
    });
    expect(await cli.json(noun, 'export', id, output)).toMatchObject({ resumed: true });
  });
});

async function keyOf(objectId: string): Promise<string> {
  for (let after = ''; ; ) {
    const { keys, more } = await cli.api.objects.list('objects/', { after, limit: 1000 });
    const found = keys.find(({ key }) => key.endsWith(`/${objectId}`));
    if (found) return found.key;
    if (!more) throw new Error(`object ${objectId} is not in the store`);
    after = keys.at(-1)?.key ?? '';
  }
}

/** Workers are another process: here they run beside the command. */
async function scrubbed(...words: string[]) {
  const running = cli.run(['scrub', ...words, '--json']);
  let ended = false;
  void running.finally(() => {
    ended = true;
  });
  while (!ended) {
    const { scrubs } = await cli.account.call('query { scrubs { nodes { id status } } }');
    for (const { id, status } of scrubs.nodes)
      if (status === 'RUNNING')
        await runScrub(cli.api.scrubs, { accountId: cli.account.id, id }, Number.MAX_SAFE_INTEGER);
    await sleep(50);
  }
  const { code, stdout, stderr } = await running;
  return { code, stderr, told: stdout === '' ? undefined : JSON.parse(stdout) };
}

describe('9.5: varve scrub', () => {
  it('finds a damaged block ahead of a restore, names who needs it, and it heals with the next import of the same content', async () => {
    const image = cli.path('scrubbed.img');
    await writeManyBlocks(image, 8);
    const { diskId } = await cli.json('disk', 'import', image, '--name', 'scrubbed');
    const { id: snapshotId } = await cli.json('snapshot', 'create', diskId);
    await cli.api.settle();
    expect(await scrubbed('--chain', 'scrubbed')).toMatchObject({
      code: 0,
      told: { damaged: 0, wrongCounts: 0, versions: 2 },
    });
    const { blockMap } = await cli.account.call(
      'query($id: ID!) { blockMap(input: { source: $id, startIndex: 3, limit: 1 }) { blocks { id } } }',
      { id: diskId },
    );
    const objectId: string = blockMap.blocks[0].id;
    await cli.api.objects.remove([await keyOf(objectId)]);

    const { code, stderr, told } = await scrubbed('--snapshot', snapshotId);
    expect(code, stderr).toBe(5);
    const places = [diskId, snapshotId].map((id) => ({ id, offsetBytes: 3 * BLOCK_BYTES }));
    expect(told).toMatchObject({
      status: 'SUCCEEDED',
      damagedObjects: [{ objectId, reason: 'MISSING', placeCount: 2 }],
    });
    expect(told.damagedObjects[0].places).toEqual(expect.arrayContaining(places));
    expect((await cli.run(['damage', 'list'])).stdout).toContain(
      `${diskId} (scrubbed) at offset ${sizeText(3 * BLOCK_BYTES)}`,
    );

    await cli.json('disk', 'import', image, '--name', 'healer');
    await cli.api.settle();
    expect(await cli.json('damage', 'list')).toMatchObject({ damagedObjects: [] });
    expect((await cli.run(['damage', 'list', '--healed'])).stdout).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d \([^)]+\)\n/);
    expect((await scrubbed('--sample', '50%')).code).toBe(0);
    expect(await cli.json('snapshot', 'verify', snapshotId)).toMatchObject({ damagedBlocks: 0 });
  });

  it('is not needed for a page of the block map: verify reads it from the store, and the next import heals it', async () => {
    const image = cli.path('paged.img');
    await writeManyBlocks(image, 6);
    const { diskId } = await cli.json('disk', 'import', image, '--name', 'paged');
    const { root } = await cli.json('disk', 'show', diskId);
    await cli.api.objects.remove([await keyOf(root)]); // the service has it in memory
    const { code, stderr } = await cli.run(['disk', 'verify', diskId, '--json']);
    expect(code, stderr).toBe(5);
    const { error } = JSON.parse(stderr.trim().split('\n').at(-1) as string);
    expect(error).toMatchObject({ code: 'ObjectDamaged', diskId, offsetBytes: 0, objectId: root, known: true });
    expect(error.message).toContain(`Damaged data in disk ${diskId} at offset 0`);
    expect(error.hint).toContain('Import the same content again');
    expect((await cli.run(['damage', 'list'])).stdout).toContain(`${root}  page  MISSING`);
    await cli.json('disk', 'import', image, '--name', 'paged-again');
    expect(await cli.json('disk', 'verify', diskId)).toMatchObject({ damagedBlocks: 0 });
  });

  it.each([
    [['--sample', '0'], '--sample'],
    [['--sample', 'all'], '--sample'],
    [['--disk', 'a', '--chain', 'b'], '--disk and --chain'],
    [['web-root'], 'web-root'],
  ])('scrub %j is refused', async (words, says) => {
    const { code, stderr } = await cli.run(['scrub', ...words]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
  });
});
