import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BLOCK_BYTES, objectKey } from '../../src/engine/blocks/block.ts';
import { decodeObject } from '../../src/engine/blocks/object-form.ts';
import { importImage } from '../../src/service/imports/create.ts';
import { runImport } from '../../src/service/imports/run.ts';
import { findImport } from '../../src/service/model/imports/find.ts';
import { mixedContents } from '../support/disk-contents.ts';
import { createEngineHarness } from '../support/engine-harness.ts';
import { createMemoryFiles } from '../support/memory-files.ts';
import { MEMORY_ACCOUNT, MEMORY_REGION, memoryService, openMemoryAccount } from '../support/memory-service.ts';
import { describeWith, tell } from '../support/programs.ts';
import { convertArguments, nameOf, SHORT_MATRIX } from '../support/qemu-matrix.ts';
import { caller } from '../support/use-case-scene.ts';

const SIZE = 9 * 1024 ** 2 + 3 * 512;
let folder: string;
let raw: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-imports-'));
  raw = join(folder, 'disk.raw');
  await writeFile(raw, mixedContents(SIZE, 1));
});
afterAll(() => rm(folder, { recursive: true }));

/** Imports a file, and answers the bytes of the image that it becomes. */
async function imported(name: string, bytes: Buffer): Promise<Buffer> {
  const { deps } = createEngineHarness(3);
  const key = `imports/${MEMORY_ACCOUNT}/${name}`;
  const service = memoryService(deps, undefined, createMemoryFiles(new Map([[key, bytes]])));
  await openMemoryAccount(service);
  const { id } = await importImage(service, caller, {
    ...{ region: null, from: { key, bucket: null }, format: null, name: null, description: null },
    ...{ diskKind: 'DATA', tags: [], clientToken: null },
  });
  await runImport(service, { accountId: MEMORY_ACCOUNT, id }, Number.POSITIVE_INFINITY);
  const { status, problemMessage, imageId, sizeBytes = 0 } = await findImport(service.catalogue, caller, id);
  expect([status, problemMessage]).toEqual(['SUCCEEDED', undefined]);
  const node = await service.tree.get(MEMORY_ACCOUNT, imageId);
  const contents = Buffer.alloc(Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES);
  for (const { index, id: blockId } of (await service.contents.blocks(node as never, { start: 0 }, 4096)).blocks) {
    const stored = await service.objects(MEMORY_REGION).get(objectKey(node?.domainId ?? '', blockId));
    contents.set(decodeObject(stored as Buffer, { id: blockId, plainBytes: BLOCK_BYTES }), index * BLOCK_BYTES);
  }
  return contents.subarray(0, sizeBytes);
}

describeWith(['qemu-img'], '6.3: a file that qemu-img makes is imported as qemu-img converts it:', () => {
  const oneFile = SHORT_MATRIX.filter(({ options }) => !options.some((option) => /Flat|Extent/.test(option)));
  it.each(oneFile.map((one) => [nameOf(one), one] as const))('6.3 %s', async (_, one) => {
    const path = join(folder, `disk.${one.format}`);
    await tell('qemu-img', 'convert', '-f', 'raw', ...convertArguments(one), raw, path);
    await tell('qemu-img', 'convert', '-f', one.driver, '-O', 'raw', path, join(folder, 'back.raw'));
    const contents = await imported(`disk.${one.format}`, await readFile(path));
    expect(contents.equals(await readFile(join(folder, 'back.raw')))).toBe(true);
  });
});
