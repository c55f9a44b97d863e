import { beforeAll, expect, test } from 'vitest';
import { VarveError } from '../../src/platform/errors.ts';
import type { KeyService, KeyUnwrapper } from '../../src/platform/keys/port.ts';

export interface KeysUnderTest {
  readonly keys: KeyService & KeyUnwrapper;
  /** Two keys that may be used, and one that does not exist. */
  readonly keyIds: { readonly one: string; readonly two: string; readonly unknown: string };
}

/** The promises of the keys' ports. */
export function keysSuite(create: () => Promise<KeysUnderTest>): void {
  let subject: KeysUnderTest;
  beforeAll(async () => {
    subject = await create();
  });

  test('a wrapped key opens to 32 bytes, the same each time', async () => {
    const { keys, keyIds } = subject;
    const wrapped = await keys.generateWrapped(keyIds.one);
    const plain = await keys.unwrap(wrapped);
    expect(plain).toHaveLength(32);
    expect((await keys.unwrap(wrapped)).equals(plain)).toBe(true);
    expect(wrapped.wrapped).toMatch(/^[A-Za-z0-9+/]+=*$/);
    expect(wrapped.wrapped).not.toContain(plain.toString('base64').slice(0, 42));
  });

  test('a key that is wrapped again opens to the same, and is told from the first', async () => {
    const { keys, keyIds } = subject;
    const wrapped = await keys.generateWrapped(keyIds.one);
    const again = await keys.rewrap(wrapped, 'there');
    expect(again.keyId).toBe(wrapped.keyId);
    expect(again.wrapped).not.toBe(wrapped.wrapped);
    expect(await keys.unwrap(again)).toEqual(await keys.unwrap(wrapped));
    const unknown = keys.rewrap({ ...wrapped, keyId: keyIds.unknown }, 'there');
    expect(await codeOf(unknown)).toBe('KeyUnavailable');
  });

  test('every key is a new one', async () => {
    const { keys, keyIds } = subject;
    const wrapped = await Promise.all([keys.generateWrapped(keyIds.one), keys.generateWrapped(keyIds.one)]);
    const [first, second] = await Promise.all(wrapped.map((key) => keys.unwrap(key)));
    expect(first).not.toEqual(second);
  });

  test('a key opens only under the id that it was wrapped under', async () => {
    const { keys, keyIds } = subject;
    const { wrapped } = await keys.generateWrapped(keyIds.one);
    const { keyId } = await keys.generateWrapped(keyIds.two);
    expect(await codeOf(keys.unwrap({ keyId, wrapped }))).toBe('KeyUnavailable');
  });

  test('an unknown id is KeyUnavailable', async () => {
    const { keys, keyIds } = subject;
    const { wrapped } = await keys.generateWrapped(keyIds.one);
    expect(await codeOf(keys.generateWrapped(keyIds.unknown))).toBe('KeyUnavailable');
    expect(await codeOf(keys.unwrap({ keyId: keyIds.unknown, wrapped }))).toBe('KeyUnavailable');
  });

  test('a damaged wrapped key is KeyUnavailable, whichever byte was changed', async () => {
    const { keys, keyIds } = subject;
    const { keyId, wrapped } = await keys.generateWrapped(keyIds.one);
    const bytes = Buffer.from(wrapped, 'base64');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 0x10, at);
      expect(await codeOf(keys.unwrap({ keyId, wrapped: changed.toString('base64') }))).toBe('KeyUnavailable');
    }
    expect(await codeOf(keys.unwrap({ keyId, wrapped: wrapped.slice(0, -4) }))).toBe('KeyUnavailable');
    expect(await codeOf(keys.unwrap({ keyId, wrapped: '' }))).toBe('KeyUnavailable');
  });
}

export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof VarveError) return error.code;
    throw error;
  }
  return 'none';
}
