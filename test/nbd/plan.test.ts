import { expect, it, test } from 'vitest';
import { type Plan, planRequest, type Terms } from '../../src/nbd/plan.ts';
import type { Request } from '../../src/nbd/requests.ts';

const SIZE = 10_000;
const MAX = 32 * 1024 * 1024;
const BIG = 2 ** 40;
const EPERM = 1;
const EINVAL = 22;
const ENOSPC = 28;
const EOVERFLOW = 75;
const ENOTSUP = 95;
const TERMS: Terms = { sizeBytes: SIZE, readOnly: false, structured: true, contexts: true };
const [READ, WRITE, DISC, FLUSH, TRIM, CACHE, ZEROES, STATUS] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const [FUA, NO_HOLE, DF, REQ_ONE, FAST] = [1, 2, 4, 8, 16] as const;

const request = (fields: Partial<Request>): Request => ({
  flags: 0,
  command: READ,
  cookieHigh: 0,
  cookieLow: 0,
  offset: 0,
  length: 1,
  ...fields,
});

test.each<[string, Partial<Request>, Partial<Terms>, Plan | number]>([
  ['a read', { length: SIZE }, {}, { kind: 'read', whole: false }],
  ['a read in one', { flags: DF }, {}, { kind: 'read', whole: true }],
  ['a read in one without fragments', { flags: DF }, { structured: false }, EINVAL],
  ['a read of the last byte', { offset: SIZE - 1 }, {}, { kind: 'read', whole: false }],
  ['a read past the end', { offset: SIZE - 1, length: 2 }, {}, EINVAL],
  ['a read from far away', { offset: 2 ** 64 }, {}, EINVAL],
  ['a read of nothing', { length: 0 }, {}, EINVAL],
  ['a read of the most', { length: MAX }, { sizeBytes: BIG }, { kind: 'read', whole: false }],
  ['a read of too much', { length: MAX + 1 }, { sizeBytes: BIG }, EOVERFLOW],
  ['a read of too much without fragments', { length: MAX + 1 }, { sizeBytes: BIG, structured: false }, EINVAL],
  ['a write', { command: WRITE }, {}, { kind: 'write', durable: false }],
  ['a durable write', { command: WRITE, flags: FUA }, {}, { kind: 'write', durable: true }],
  ['a write past the end', { command: WRITE, offset: SIZE }, {}, ENOSPC],
  ['a write to what is read-only', { command: WRITE }, { readOnly: true }, EPERM],
  ['a write past the end of what is read-only', { command: WRITE, offset: SIZE }, { readOnly: true }, EPERM],
  ['a write of too much', { command: WRITE, length: MAX + 1 }, { sizeBytes: BIG }, EINVAL],
  ['a write with a flag of reads', { command: WRITE, flags: DF }, {}, EINVAL],
  ['a trim', { command: TRIM, length: SIZE }, {}, { kind: 'trim', durable: false }],
  ['a long trim', { command: TRIM, length: 0xffffffff }, { sizeBytes: BIG }, { kind: 'trim', durable: false }],
  ['a trim past the end', { command: TRIM, length: SIZE + 1 }, {}, EINVAL],
  ['a trim of what is read-only', { command: TRIM }, { readOnly: true }, EPERM],
  ['zeros', { command: ZEROES }, {}, { kind: 'zero', mayTrim: true, durable: false }],
  [
    'durable zeros that are allocated',
    { command: ZEROES, flags: FUA | NO_HOLE },
    {},
    { kind: 'zero', mayTrim: false, durable: true },
  ],
  ['fast zeros', { command: ZEROES, flags: FAST, length: SIZE }, {}, { kind: 'zero', mayTrim: true, durable: false }],
  ['fast zeros that are allocated', { command: ZEROES, flags: FAST | NO_HOLE }, {}, ENOTSUP],
  ['zeros past the end', { command: ZEROES, length: SIZE + 1 }, {}, ENOSPC],
  ['zeros in what is read-only', { command: ZEROES }, { readOnly: true }, EPERM],
  ['a flush', { command: FLUSH, length: 0 }, {}, { kind: 'flush' }],
  ['a flush of what is read-only', { command: FLUSH, length: 0, flags: FUA }, { readOnly: true }, { kind: 'flush' }],
  ['a flush of a range', { command: FLUSH, length: 1 }, {}, EINVAL],
  ['a prefetch', { command: CACHE, length: SIZE }, {}, { kind: 'prefetch' }],
  ['a prefetch past the end', { command: CACHE, length: SIZE + 1 }, {}, EINVAL],
  ['a status', { command: STATUS }, {}, { kind: 'status', one: false }],
  ['a status of one extent', { command: STATUS, flags: REQ_ONE }, {}, { kind: 'status', one: true }],
  ['a status past the end', { command: STATUS, offset: SIZE }, {}, EINVAL],
  ['a status without a context', { command: STATUS }, { contexts: false }, EINVAL],
  ['a goodbye', { command: DISC, length: 0 }, {}, { kind: 'disconnect' }],
  ['a command that is not known', { command: 8 }, {}, EINVAL],
])('%s', (_, fields, terms, expected) => {
  const plan = planRequest(request(fields), { ...TERMS, ...terms });
  if (typeof expected === 'number') expect(plan).toMatchObject({ kind: 'refuse', error: expected });
  else expect(plan).toEqual(expected);
});

it('of all small cases, only what is allowed and inside comes through', () => {
  const ends = [0, 1, SIZE - 1, SIZE, SIZE + 1, 2 ** 32, 2 ** 53, 2 ** 64];
  const lengths = [0, 1, SIZE - 1, SIZE, SIZE + 1, MAX, MAX + 1, 0xffffffff];
  const booleans = [true, false];
  let cases = 0;
  let allowed = 0;
  for (const command of [...Array(16).keys(), 0xffff])
    for (const flags of [...Array(64).keys(), 0x8000])
      for (const offset of ends)
        for (const length of lengths)
          for (const readOnly of booleans)
            for (const structured of booleans) {
              const plan = planRequest(request({ command, flags, offset, length }), {
                sizeBytes: SIZE,
                readOnly,
                structured,
                contexts: structured,
              });
              cases++;
              if (plan.kind === 'refuse' || plan.kind === 'disconnect') continue;
              allowed++;
              const changes = plan.kind === 'write' || plan.kind === 'zero' || plan.kind === 'trim';
              if (changes && readOnly) throw new Error(`${plan.kind} of what is read-only`);
              if (plan.kind !== 'flush' && (length === 0 || offset + length > SIZE))
                throw new Error(`${plan.kind} of ${offset}+${length}`);
              if (flags > 31 || command > 7) throw new Error(`flags ${flags} of command ${command}`);
            }
  expect(cases).toBe(17 * 65 * 8 * 8 * 4);
  expect(allowed).toBeGreaterThan(100);
});
