import { expect, test } from 'vitest';
import { type Put, SignatureEnded } from '../../src/client/service/object-transfer.ts';
import { BlockUploader, type BlockUploaderParts } from '../../src/client/upload/block-uploader.ts';
import { blockId } from '../support/block-contents.ts';

const ID = blockId(1);
const SIGNED = { id: ID, state: 'UPLOAD', url: 'http://store/1', headers: [], retryAfterMs: null } as const;

/** An upload to a store that answers its PUTs so, one after the other. */
function uploadTo(store: readonly (Put | 'ENDED')[]) {
  const left = [...store];
  const asked: (boolean | undefined)[] = [];
  const parts = {
    datapath: {
      prepareUpload: async (_: string, [object]: readonly { readonly found?: boolean }[]) => {
        asked.push(object?.found);
        return [SIGNED];
      },
    },
    transfer: {
      stagingOf: () => undefined,
      put: async () => {
        const put = left.shift() ?? 'STORED';
        if (put === 'ENDED') throw new SignatureEnded('403');
        return put;
      },
    },
    pool: { run: async () => ({ storedBytes: 1, sha256: '0'.repeat(64) }) },
    target: 'd-1',
    memory: { view: () => Buffer.alloc(1) },
    signal: new AbortController().signal,
  };
  const uploader = new BlockUploader(parts as unknown as BlockUploaderParts);
  return { outcome: uploader.upload(ID, 0), asked, left };
}

test('signatures that ended do not use up the tries of puts that others came before', async () => {
  const { outcome, asked, left } = uploadTo(['ENDED', 'ENDED', 'OTHERWISE', 'OTHERWISE', 'STORED']);
  expect(await outcome).toEqual({ sentBytes: 1 });
  expect(left).toEqual([]);
  expect(asked).toEqual([false, false, false, true, true]);
});

test('puts that others came before do not use up the tries of signatures', async () => {
  const { outcome, left } = uploadTo(['OTHERWISE', 'OTHERWISE', 'OTHERWISE', 'ENDED', 'STORED']);
  expect(await outcome).toEqual({ sentBytes: 1 });
  expect(left).toEqual([]);
});

test('a signature that ends three times is an error', async () => {
  const { outcome, left } = uploadTo(['ENDED', 'ENDED', 'ENDED', 'STORED']);
  await expect(outcome).rejects.toThrow('403');
  expect(left).toEqual(['STORED']);
});

test('after four puts that others came before, the commit decides', async () => {
  const { outcome, left } = uploadTo(['OTHERWISE', 'OTHERWISE', 'OTHERWISE', 'OTHERWISE', 'STORED']);
  expect(await outcome).toEqual({ sentBytes: 1 });
  expect(left).toEqual(['STORED']);
});
