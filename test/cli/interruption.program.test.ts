import { readdir, stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { startHttp } from '../support/http.ts';
import { expectSoundQcow2 } from '../support/image-files.ts';
import { describeWith } from '../support/programs.ts';
import { type CliHarness, createCliHarness, type Started, sameContents, until, writeManyBlocks } from './harness.ts';

// enough for a draft, as a commit takes 1024; and an export asks for 1024 at a time
const BLOCKS = 1040;

vi.setConfig({ testTimeout: 240_000 });

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
});
afterAll(() => cli.close());

/**
 * Starts the CLI against an API that stops answering once it has answered a request with these
 * words. Waits for that and for what else is to have happened, and ends the CLI: it is always
 * caught in the middle.
 */
async function interrupted(
  args: readonly string[],
  { words, signal, and = async () => true }: { words: string; signal: NodeJS.Signals; and?: () => Promise<unknown> },
): Promise<Awaited<Started['outcome']>> {
  let stalled = false;
  const server = await startHttp(async (event) => {
    if (stalled) await new Promise(() => {});
    const result = await cli.api.invoke(event);
    stalled ||= event.body?.includes(words) === true;
    return result;
  });
  try {
    const started = cli.start(args, { environment: { VARVE_ENDPOINT: server.url } });
    await Promise.race([until(async () => stalled && (await and()), words), started.outcome]);
    expect(started.process.exitCode).toBeNull();
    started.process.kill(signal);
    return await started.outcome;
  } finally {
    await server.close();
  }
}

/** The disk with this name, which must have a draft that something is committed to. */
async function diskWithDraft(name: string): Promise<{ readonly id: string }> {
  const query = 'query($name: String) { disks(filter: { namePrefix: $name }) { nodes { id } } }';
  const [disk] = (await cli.account.call(query, { name })).disks.nodes;
  const { drafts } = await cli.account.call('query($id: ID!) { drafts(diskId: $id) { nodes { version } } }', disk);
  expect(drafts.nodes).toEqual([{ version: 1 }]);
  return disk;
}

/** More than the tables that an image begins with: some block is there whole. */
const SOME_BLOCKS_BYTES = 1024 * 1024;
const SECTOR_BYTES = 512;

const begun =
  (output: string, atLeastBytes = SOME_BLOCKS_BYTES) =>
  async () => {
    const found = await stat(`${output}.partial`).catch(() => undefined);
    return found !== undefined && found.blocks * SECTOR_BYTES >= atLeastBytes;
  };

describe.each([
  { what: 'kill -9', signal: 'SIGKILL', code: null },
  { what: 'Ctrl-C', signal: 'SIGINT', code: 130 },
] as const)('after $what', ({ what, signal, code }) => {
  const name = `of-${signal.toLowerCase()}`;

  it('an import has left the disk as it was, and the next one goes on', async () => {
    const image = cli.path(`${name}.img`);
    await writeManyBlocks(image, BLOCKS);
    const outcome = await interrupted(['disk', 'import', image, '--name', name], { words: 'commitBlocks', signal });
    const disk = await diskWithDraft(name);
    expect(outcome.code).toBe(code);
    if (what === 'Ctrl-C') {
      expect(outcome.stderr).toContain('Running the same command again goes on from here.');
      expect(outcome.stderr).toContain(`varve disk delete ${disk.id} deletes it`);
    }

    expect(await cli.json('disk', 'show', disk.id)).toMatchObject({ version: 0, root: 'empty' });
    const next = await cli.json('disk', 'import', image, '--name', name);
    expect(next).toMatchObject({ diskId: disk.id, resumed: true, version: 1 });
    expect(next.deduplicatedBytes).toBeGreaterThan(0);
    expect(next.writtenBlocks).toBeLessThan(BLOCKS);
    const { tags } = await cli.json('disk', 'show', name);
    expect(tags).toEqual([]);
  });

  it('an export, of all that the import brought, has left no file of that name, and the next one goes on', async () => {
    const output = cli.path(`${name}.again`);
    const outcome = await interrupted(['disk', 'export', name, output], {
      words: 'blockMap',
      signal,
      and: begun(output),
    });
    expect(outcome.code).toBe(code);
    if (what === 'Ctrl-C') expect(outcome.stderr).toContain('Running the same command again goes on from here.');
    expect(await readdir(cli.folder)).not.toContain(`${name}.again`);

    const next = await cli.json('disk', 'export', name, output);
    expect(next.resumed).toBe(true);
    expect(next.deduplicatedBytes + next.transferredBytes).toBe(BLOCKS * BLOCK_BYTES);
    expect(next.deduplicatedBytes).toBeGreaterThan(0);
    expect(await sameContents(output, cli.path(`${name}.img`))).toBe(true);
    expect(await readdir(cli.folder)).not.toContain(`${name}.again.partial`);
  });
});

describeWith(['qemu-img'], 'an interrupted export as qcow2', () => {
  it.each([
    ['goes on', 'none', true, SOME_BLOCKS_BYTES],
    ['begins again', 'zstd', false, SECTOR_BYTES],
  ])('%s with compression %s', async (_, compression, resumed, atLeastBytes) => {
    const output = cli.path(`${compression}.qcow2`);
    const args = ['disk', 'export', 'of-sigint', output, '--format', 'qcow2', '--compression', compression];
    await interrupted(args, { words: 'blockMap', signal: 'SIGKILL', and: begun(output, atLeastBytes) });
    const next = await cli.json(...args);
    expect(next).toMatchObject({ resumed });
    expect(next.deduplicatedBytes > 0).toBe(resumed);
    await expectSoundQcow2(output, cli.path('of-sigint.img'));
    expect(await readdir(cli.folder)).not.toContain(`${compression}.qcow2.partial`);
  });

  it('does not go on with what another format has left', async () => {
    const output = cli.path('first-qcow2');
    const args = ['disk', 'export', 'of-sigint', output];
    await interrupted([...args, '--format', 'qcow2'], { words: 'blockMap', signal: 'SIGKILL', and: begun(output) });
    expect(await cli.json(...args)).toMatchObject({ resumed: false });
    expect(await sameContents(output, cli.path('of-sigint.img'))).toBe(true);
  });
});

it('an interrupted export of other contents is not gone on with', async () => {
  const [image, output] = [cli.path('of-sigint.img'), cli.path('mixed.out')];
  await interrupted(['disk', 'export', 'of-sigint', output], {
    words: 'blockMap',
    signal: 'SIGKILL',
    and: begun(output),
  });
  await writeManyBlocks(image, 64, 'other contents'); // where an export begins
  await cli.json('disk', 'sync', 'of-sigint', image);
  expect(await cli.json('disk', 'export', 'of-sigint', output)).toMatchObject({ resumed: false });
  expect(await sameContents(image, output)).toBe(true);
});
