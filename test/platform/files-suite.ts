import { expect, test } from 'vitest';
import type { FileStore } from '../../src/platform/files/port.ts';

export interface SuiteFiles {
  readonly files: FileStore;
  /** What the holder of a signed URL gets. */
  readonly fetch: (url: string) => Promise<{ readonly status: number; readonly body: Buffer }>;
}

const PART = 5 * 1024 * 1024;
const part = (fill: number, length = PART) => Buffer.alloc(length, fill);
let count = 0;
const newKey = () => `exports/acc/x-${count++}/a file.img`;

/** What the port of large files promises, for every adapter. */
export function filesSuite(make: () => Promise<SuiteFiles>): void {
  test('a file of parts, sent in any order, appears when it is complete', async () => {
    const { files, fetch } = await make();
    const key = newKey();
    const upload = { key, partBytes: PART, id: await files.begin(key) };
    expect(await files.uploads(key)).toEqual([upload.id]);
    expect(await files.parts(upload)).toEqual([]);
    expect(await files.putPart(upload, 2, part(2, 3))).toBe(true);
    expect(await files.putPart(upload, 1, part(9))).toBe(true);
    expect(await files.putPart(upload, 1, part(1))).toBe(true);
    expect(await files.size(key)).toBe(undefined);
    const parts = (await files.parts(upload)) ?? [];
    expect(parts.map(({ number, sizeBytes }) => [number, sizeBytes])).toEqual([
      [1, PART],
      [2, 3],
    ]);
    expect(await files.complete(upload, parts)).toBe(true);
    expect(await files.size(key)).toBe(PART + 3);
    expect(await files.uploads(key)).toEqual([]);
    expect(await files.parts(upload)).toBe(undefined);
    const { status, body } = await fetch(await files.signGet(key, 60));
    expect([status, body.length, body[0], body.at(-1)]).toEqual([200, PART + 3, 1, 2]);
    await files.remove(key);
    expect(await files.size(key)).toBe(undefined);
    expect((await fetch(await files.signGet(key, 60))).status).toBe(404);
    await files.remove(key);
  });

  test('any part of a file can be read, as long as it is the file that was looked at', async () => {
    const { files } = await make();
    const key = newKey();
    const put = async (bytes: Buffer) => {
      const upload = { key, partBytes: PART, id: await files.begin(key) };
      await files.putPart(upload, 1, bytes);
      expect(await files.complete(upload, (await files.parts(upload)) ?? [])).toBe(true);
    };
    expect(await files.look(key)).toBe(undefined);
    await put(Buffer.from('0123456789'));
    const seen = await files.look(key);
    if (seen === undefined) throw new Error('there is no such file');
    expect(seen).toMatchObject({ key, sizeBytes: 10 });
    expect(await files.look(key)).toEqual(seen);
    expect((await files.read(seen, 3, 4))?.toString()).toBe('3456');
    expect((await files.read(seen, 0, 10))?.toString()).toBe('0123456789');
    expect((await files.read(seen, 9, 1))?.toString()).toBe('9');
    await files.remove(key);
    expect(await files.read(seen, 0, 1)).toBe(undefined);
    await put(Buffer.from('abcdefghij'));
    expect(await files.read(seen, 3, 4)).toBe(undefined);
    const now = await files.look(key);
    expect((await files.read(now ?? seen, 3, 4))?.toString()).toBe('defg');
  });

  test('what is no file is not there', async () => {
    const { files } = await make();
    const key = newKey();
    await files.begin(key);
    expect(await files.look(key)).toBe(undefined);
    expect(await files.look(key.slice(0, key.lastIndexOf('/')))).toBe(undefined);
    expect(await files.look(`${key}/below`)).toBe(undefined);
    expect(await files.look(`imports/acc/${'x'.repeat(300)}`)).toBe(undefined);
  });

  test('the same part again replaces it, also with zeros', async () => {
    const { files, fetch } = await make();
    const key = newKey();
    const upload = { key, partBytes: PART, id: await files.begin(key) };
    await files.putPart(upload, 1, part(7, 3));
    await files.putPart(upload, 1, part(0, 3));
    expect(await files.complete(upload, (await files.parts(upload)) ?? [])).toBe(true);
    expect((await fetch(await files.signGet(key, 60))).body).toEqual(part(0, 3));
  });

  test('nothing stays of what was aborted, and it takes nothing any more', async () => {
    const { files } = await make();
    const key = newKey();
    const upload = { key, partBytes: PART, id: await files.begin(key) };
    await files.putPart(upload, 1, part(1));
    const parts = (await files.parts(upload)) ?? [];
    await files.abort(upload);
    await files.abort(upload);
    expect(await files.uploads(key)).toEqual([]);
    expect(await files.parts(upload)).toBe(undefined);
    expect(await files.putPart(upload, 2, part(2))).toBe(false);
    expect(await files.complete(upload, parts)).toBe(false);
    expect(await files.size(key)).toBe(undefined);
  });

  test('keys know nothing of one another, not even where one begins another', async () => {
    const { files } = await make();
    const key = newKey();
    const longer = `${key}.more`;
    const id = await files.begin(longer);
    expect(await files.uploads(key)).toEqual([]);
    expect(await files.uploads(longer)).toEqual([id]);
    await files.abort({ key: longer, id, partBytes: PART });
  });
}
