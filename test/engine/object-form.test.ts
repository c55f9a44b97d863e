import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { constants, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLOCK_BYTES, type ObjectId } from '../../src/engine/blocks/block.ts';
import {
  type BlockKeys,
  blockIdOf,
  decodeObject,
  deriveBlockKeys,
  encodeObject,
  MAX_STORED_BYTES,
} from '../../src/engine/blocks/object-form.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';

const dataKey = Buffer.alloc(32, 7);
const keys = deriveBlockKeys(dataKey);
const nonce = () => Buffer.from('000102030405060708090a0b', 'hex');

function encode(plain: Uint8Array, under?: BlockKeys, compress?: boolean) {
  const id = blockIdOf(plain, under?.idKey);
  const stored = encodeObject(plain, {
    id,
    keys: under,
    random: nonce,
    ...(compress === undefined ? {} : { compress }),
  });
  return { id, stored, plainBytes: plain.length };
}

function reasonOf(decode: () => unknown): unknown {
  try {
    decode();
  } catch (error) {
    expect(error).toBeInstanceOf(VarveError);
    expect((error as VarveError).code).toBe('ObjectDamaged');
    expect((error as VarveError).extra.objectId).toMatch(/^[0-9a-f]{64}$/);
    return (error as VarveError).extra.reason;
  }
  return 'none';
}

/** Repeats and noise in any mixture, so that both forms occur. */
const contents = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      fc.tuple(fc.nat(255), fc.nat(3000)).map(([byte, length]) => new Uint8Array(length).fill(byte)),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => new Uint8Array(Buffer.concat(parts)));

const keyChoice = fc.constantFrom(undefined, keys);

describe('ids and keys', () => {
  const plain = Buffer.from('one block');

  test('a plain id is the SHA-256 of the plain bytes', () => {
    expect(blockIdOf(plain)).toBe(createHash('sha256').update(plain).digest('hex'));
  });

  test("an encrypted domain's id is an HMAC under its id key", () => {
    expect(blockIdOf(plain, keys.idKey)).toBe(createHmac('sha256', keys.idKey).update(plain).digest('hex'));
  });

  test('the two keys come from the data key by HKDF and differ', () => {
    const derived = (info: string) => new Uint8Array(hkdfSync('sha256', dataKey, '', info, 32));
    expect(keys.idKey).toEqual(derived('varve block id v1'));
    expect(keys.sealKey).toEqual(derived('varve block seal v1'));
    expect(keys.idKey).not.toEqual(keys.sealKey);
  });
});

describe('byte layout', () => {
  test('raw', () => {
    const { stored } = encode(Buffer.from('abc'));
    expect(stored.toString('hex')).toBe('5652560100000000616263');
  });

  test('zstd', () => {
    const { stored } = encode(Buffer.alloc(1000, 'ab'));
    expect(stored.toString('hex', 0, 8)).toBe('5652560101000000');
    expect(stored.readUInt32LE(8)).toBe(0xfd2fb528); // the magic number of zstd frames, RFC 8878
  });

  test('sealed', () => {
    const { stored } = encode(Buffer.from('abc'), keys);
    expect(stored.toString('hex', 0, 20)).toBe('5652560100010000000102030405060708090a0b');
    expect(stored.toString('hex', 20)).toBe('59564b5f3b2500ad9d8250d9cb4f9bb01f6cac');
  });

  test('an object of the first version stays readable', () => {
    const id = blockIdOf(Buffer.alloc(1000, 'ab'), keys.idKey);
    const stored = Buffer.from(
      '5652560101010000000102030405060708090a0baa802f3d1088c20e5f8650be431fc2fb0b97e7a22335cd7444aa928add5f0c1ef04cb7',
      'hex',
    );
    expect(decodeObject(stored, { id, keys, plainBytes: 1000 })).toEqual(Buffer.alloc(1000, 'ab'));
  });

  test('zstd only where it saves a sixteenth', () => {
    const noise = createHmac('sha512', 'seed').update('noise').digest();
    const mostlyNoise = Buffer.concat([...Array.from({ length: 15 }, () => noise), Buffer.alloc(960)]);
    expect(encode(mostlyNoise).stored[4]).toBe(1);
    expect(encode(noise).stored[4]).toBe(0);
    expect(encode(mostlyNoise, undefined, false).stored.length).toBe(mostlyNoise.length + 8);
  });

  const noise = (length: number) => {
    let state = 1;
    return Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    });
  };

  test('a block that zstd does not make smaller is stored as it is, under its own SHA-256', () => {
    const block = noise(BLOCK_BYTES);
    const { id, stored, plainBytes } = encode(block);
    expect(stored.equals(block)).toBe(true);
    expect(createHash('sha256').update(stored).digest('hex')).toBe(id);
    expect(decodeObject(stored, { id, plainBytes }).equals(block)).toBe(true);
  });

  test('with a header, as the first version stored it, it is read too', () => {
    const block = Buffer.from(noise(BLOCK_BYTES));
    const stored = Buffer.concat([Buffer.from('5652560100000000', 'hex'), block]);
    expect(decodeObject(stored, { id: blockIdOf(block), plainBytes: BLOCK_BYTES }).equals(block)).toBe(true);
  });

  test('as it is, a block is not taken for a sealed one, nor with another byte for itself', () => {
    const block = Buffer.from(noise(BLOCK_BYTES));
    const id = blockIdOf(block, keys.idKey);
    expect(reasonOf(() => decodeObject(block, { id, keys }))).toBe('SEAL');
    const { id: plainId, stored } = encode(block);
    const changed = Buffer.from(stored);
    changed[1000] = (changed[1000] ?? 0) ^ 1;
    expect(reasonOf(() => decodeObject(changed, { id: plainId }))).toBe('CHECKSUM');
  });

  test('the largest object is an incompressible block, sealed', () => {
    const block = noise(BLOCK_BYTES);
    const { id, stored, plainBytes } = encode(block, keys);
    expect(stored.length).toBe(MAX_STORED_BYTES);
    expect(decodeObject(stored, { id, keys, plainBytes }).equals(block)).toBe(true);
  });
});

describe('round trip', () => {
  test('any contents, plain or sealed, compressed or not', () => {
    fc.assert(
      fc.property(contents, keyChoice, fc.boolean(), (plain, under, compress) => {
        const { id, stored, plainBytes } = encode(plain, under, compress);
        expect(decodeObject(stored, { id, keys: under, plainBytes }).equals(plain)).toBe(true);
        expect(decodeObject(stored, { id, keys: under }).equals(plain)).toBe(true);
      }),
      FUZZ_SEED,
    );
  });

  test('two seals of the same bytes differ, their ids do not', () => {
    const plain = Buffer.from('again');
    const id = blockIdOf(plain, keys.idKey);
    const [first, second] = [encodeObject(plain, { id, keys }), encodeObject(plain, { id, keys })];
    expect(first.equals(second)).toBe(false);
    expect(decodeObject(second, { id, keys })).toEqual(plain);
  });

  test('the stored form need not begin where its memory begins', () => {
    const { id, stored } = encode(Buffer.from('offset'));
    const shifted = Buffer.concat([Buffer.from('xyz'), stored]).subarray(3);
    expect(decodeObject(new Uint8Array(shifted.buffer, shifted.byteOffset, shifted.length), { id }).toString()).toBe(
      'offset',
    );
  });
});

describe('damage', () => {
  const flipped = (stored: Buffer, at: number, flip: number) => {
    const place = at % stored.length;
    stored.writeUInt8(stored.readUInt8(place) ^ flip, place);
    return stored;
  };
  const flip = fc.integer({ min: 1, max: 255 });

  test('any one changed byte of a raw or sealed object is detected', () => {
    fc.assert(
      fc.property(contents, keyChoice, fc.nat(), flip, (plain, under, at, bits) => {
        const { id, stored, plainBytes } = encode(plain, under, under !== undefined);
        expect(reasonOf(() => decodeObject(flipped(stored, at, bits), { id, keys: under, plainBytes }))).not.toBe(
          'none',
        );
      }),
      { numRuns: 500, ...FUZZ_SEED },
    );
  });

  // zstd frames have a bit or two that no decoder looks at, so here the promise is about what comes
  // out
  test('no one changed byte makes wrong bytes come out', () => {
    fc.assert(
      fc.property(contents, fc.nat(), flip, (plain, at, bits) => {
        const { id, stored } = encode(plain);
        const decode = () => decodeObject(flipped(Buffer.from(stored), at, bits), { id });
        if (reasonOf(decode) === 'none') expect(decode().equals(plain)).toBe(true);
      }),
      { numRuns: 500, ...FUZZ_SEED },
    );
  });

  test('any cut is detected', () => {
    fc.assert(
      fc.property(contents, keyChoice, fc.nat(), (plain, under, at) => {
        const { id, stored } = encode(plain, under);
        const cut = stored.subarray(0, at % stored.length);
        const reason = reasonOf(() => decodeObject(cut, { id, keys: under }));
        expect(['LENGTH', 'FORM', 'SEAL', 'CHECKSUM']).toContain(reason);
      }),
      FUZZ_SEED,
    );
  });

  const plain = Buffer.alloc(5000, 'text ');
  const other = blockIdOf(Buffer.from('other'));
  const open = encode(plain);
  const sealed = encode(plain, keys);
  const raw = encode(plain, undefined, false);
  const otherKeys = deriveBlockKeys(Buffer.alloc(32, 8));
  const changed = (stored: Buffer, at: number, byte: number) => {
    const copy = Buffer.from(stored);
    copy[at] = byte;
    return copy;
  };

  interface Refused {
    readonly name: string;
    readonly reason: string;
    readonly stored: Buffer;
    readonly options: { id: ObjectId; keys?: BlockKeys; plainBytes?: number };
  }
  test.each<Refused>([
    { name: 'nothing at all', reason: 'LENGTH', stored: Buffer.alloc(0), options: { id: open.id } },
    { name: 'half a header', reason: 'LENGTH', stored: open.stored.subarray(0, 7), options: { id: open.id } },
    {
      name: 'more than any object has',
      reason: 'LENGTH',
      stored: Buffer.alloc(MAX_STORED_BYTES + 1),
      options: { id: open.id },
    },
    {
      name: 'a seal without room for one',
      reason: 'LENGTH',
      stored: sealed.stored.subarray(0, 35),
      options: { id: sealed.id, keys },
    },
    {
      name: 'too few plain bytes',
      reason: 'LENGTH',
      stored: raw.stored.subarray(0, 100),
      options: { id: raw.id, plainBytes: 5000 },
    },
    {
      name: 'more plain bytes than expected',
      reason: 'LENGTH',
      stored: open.stored,
      options: { id: open.id, plainBytes: 4999 },
    },
    { name: 'another magic number', reason: 'FORM', stored: changed(open.stored, 0, 0x57), options: { id: open.id } },
    { name: 'a version of the future', reason: 'FORM', stored: changed(open.stored, 3, 2), options: { id: open.id } },
    { name: 'an unknown form', reason: 'FORM', stored: changed(open.stored, 4, 2), options: { id: open.id } },
    { name: 'an unknown flag', reason: 'FORM', stored: changed(open.stored, 5, 2), options: { id: open.id } },
    { name: 'a reserved byte', reason: 'FORM', stored: changed(open.stored, 7, 1), options: { id: open.id } },
    { name: 'a broken zstd frame', reason: 'FORM', stored: changed(open.stored, 8, 0), options: { id: open.id } },
    { name: 'a seal where none belongs', reason: 'SEAL', stored: sealed.stored, options: { id: sealed.id } },
    { name: 'no seal where one belongs', reason: 'SEAL', stored: open.stored, options: { id: open.id, keys } },
    {
      name: "another domain's key",
      reason: 'SEAL',
      stored: sealed.stored,
      options: { id: sealed.id, keys: otherKeys },
    },
    { name: 'another sealed object', reason: 'SEAL', stored: sealed.stored, options: { id: other, keys } },
    { name: 'another object', reason: 'CHECKSUM', stored: open.stored, options: { id: other } },
  ])('$name: $reason', ({ reason, stored, options }) => {
    expect(reasonOf(() => decodeObject(stored, options))).toBe(reason);
  });

  test('a small object that unpacks to gigabytes is refused without unpacking it', () => {
    const bomb = zstdCompressSync(Buffer.alloc(64 * 1024 * 1024), {
      params: { [constants.ZSTD_c_compressionLevel]: 1 },
    });
    const stored = Buffer.concat([Buffer.from('5652560101000000', 'hex'), bomb]);
    expect(reasonOf(() => decodeObject(stored, { id: other }))).toBe('LENGTH');
  });
});
