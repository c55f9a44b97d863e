import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFileKeys, createKeyFile } from '../../src/platform/keys/file.ts';
import { codeOf, keysSuite } from './keys-suite.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-keys-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function keyFile(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text, { mode: 0o600 });
  return path;
}

const base64Key = (byte: number) => Buffer.alloc(32, byte).toString('base64');

keysSuite(async () => {
  const text = JSON.stringify({ version: 1, keys: { one: base64Key(1), two: base64Key(2) } });
  const keys = createFileKeys({ path: await keyFile('suite.json', text) });
  return { keys, keyIds: { one: 'one', two: 'two', unknown: 'three' } };
});

describe('the file', () => {
  test('is made private, with one key, and never overwritten', async () => {
    const path = join(folder, 'new.json');
    await createKeyFile({ path }, 'local');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const keys = createFileKeys({ path });
    const wrapped = await keys.generateWrapped('local');
    await expect(createKeyFile({ path }, 'local')).rejects.toThrow(/EEXIST/);
    expect(await keys.unwrap(wrapped)).toHaveLength(32);
  });

  test.each([0o640, 0o604, 0o660, 0o622])(
    'of mode %o is refused with a sentence that says what to do',
    async (mode) => {
      const path = join(folder, 'open.json');
      await rm(path, { force: true });
      await createKeyFile({ path }, 'local');
      await chmod(path, mode);
      const use = createFileKeys({ path }).generateWrapped('local');
      await expect(use).rejects.toThrow(
        `Key file ${path} is open to other users; make it private first: chmod 600 ${path}`,
      );
      expect(await codeOf(use)).toBe('KeyUnavailable');
    },
  );

  test.each([
    ['is missing', undefined, /cannot be read: ENOENT/],
    ['is empty', '', /not a key file/],
    ['is not JSON', 'keys!', /not a key file/],
    ['is of another version', '{"version":2,"keys":{}}', /not a key file/],
    ['has no keys', '{"version":1}', /not a key file/],
    ['has a short key', '{"version":1,"keys":{"local":"AAAA"}}', /key local does not have 32 bytes/],
    ['has a key that is no text', '{"version":1,"keys":{"local":7}}', /key local does not have 32 bytes/],
  ])('%s: one clear sentence', async (name, text, message) => {
    const path = join(folder, `${name}.json`);
    if (text !== undefined) await keyFile(`${name}.json`, text);
    const use = createFileKeys({ path }).generateWrapped('local');
    await expect(use).rejects.toThrow(message);
    expect(await codeOf(use)).toBe('KeyUnavailable');
  });

  test('may get new keys while it is in use', async () => {
    const path = join(folder, 'growing.json');
    await createKeyFile({ path }, 'local');
    const keys = createFileKeys({ path });
    const wrapped = await keys.generateWrapped('local');
    const content = JSON.parse(await readFile(path, 'utf8')) as { keys: Record<string, string> };
    content.keys.second = base64Key(9);
    await writeFile(path, JSON.stringify(content));
    expect((await keys.generateWrapped('second')).keyId).toBe('second');
    expect(await keys.unwrap(wrapped)).toHaveLength(32);
  });

  test('wrapped keys of the first version stay readable', async () => {
    const path = await keyFile('golden.json', JSON.stringify({ version: 1, keys: { local: base64Key(1) } }));
    const golden = 'AQUFBQUFBQUFBQUFBQSn5DBntzaCcB99mcSW8I9l/BUoZLBwbiKrZxYDHMWIBEefIEdpjvKzWRRtPVzXbQ==';
    const plain = await createFileKeys({ path }).unwrap({ keyId: 'local', wrapped: golden });
    expect(plain.toString('hex')).toBe('05'.repeat(32));
    const counted = createFileKeys({ path, random: (bytes) => new Uint8Array(bytes).fill(5) });
    expect((await counted.generateWrapped('local')).wrapped).toBe(golden);
  });
});
