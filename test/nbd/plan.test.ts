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

interface Case {
  readonly name: string;
  readonly fields: Partial<Request>;
  /** Where others than `TERMS` were negotiated. */
  readonly terms?: Partial<Terms>;
  readonly plan?: Plan;
  /** The error that it is refused with. */
  readonly refused?: number;
}

test.each<Case>([
  { name: 'a read', fields: { length: SIZE }, plan: { kind: 'read', whole: false } },
  { name: 'a read in one', fields: { flags: DF }, plan: { kind: 'read', whole: true } },
  { name: 'a read in one without fragments', fields: { flags: DF }, terms: { structured: false }, refused: EINVAL },
  { name: 'a read of the last byte', fields: { offset: SIZE - 1 }, plan: { kind: 'read', whole: false } },
  { name: 'a read past the end', fields: { offset: SIZE - 1, length: 2 }, refused: EINVAL },
  { name: 'a read from far away', fields: { offset: 2 ** 64 }, refused: EINVAL },
  { name: 'a read of nothing', fields: { length: 0 }, refused: EINVAL },
  {
    name: 'a read of the most',
    fields: { length: MAX },
    terms: { sizeBytes: BIG },
    plan: { kind: 'read', whole: false },
  },
  { name: 'a read of too much', fields: { length: MAX + 1 }, terms: { sizeBytes: BIG }, refused: EOVERFLOW },
  {
    name: 'a read of too much without fragments',
    fields: { length: MAX + 1 },
    terms: { sizeBytes: BIG, structured: false },
    refused: EINVAL,
  },
  { name: 'a write', fields: { command: WRITE }, plan: { kind: 'write', durable: false } },
  { name: 'a durable write', fields: { command: WRITE, flags: FUA }, plan: { kind: 'write', durable: true } },
  { name: 'a write past the end', fields: { command: WRITE, offset: SIZE }, refused: ENOSPC },
  { name: 'a write to what is read-only', fields: { command: WRITE }, terms: { readOnly: true }, refused: EPERM },
  {
    name: 'a write past the end of what is read-only',
    fields: { command: WRITE, offset: SIZE },
    terms: { readOnly: true },
    refused: EPERM,
  },
  {
    name: 'a write of too much',
    fields: { command: WRITE, length: MAX + 1 },
    terms: { sizeBytes: BIG },
    refused: EINVAL,
  },
  { name: 'a write with a flag of reads', fields: { command: WRITE, flags: DF }, refused: EINVAL },
  { name: 'a trim', fields: { command: TRIM, length: SIZE }, plan: { kind: 'trim', durable: false } },
  {
    name: 'a long trim',
    fields: { command: TRIM, length: 0xffffffff },
    terms: { sizeBytes: BIG },
    plan: { kind: 'trim', durable: false },
  },
  { name: 'a trim past the end', fields: { command: TRIM, length: SIZE + 1 }, refused: EINVAL },
  { name: 'a trim of what is read-only', fields: { command: TRIM }, terms: { readOnly: true }, refused: EPERM },
  { name: 'zeros', fields: { command: ZEROES }, plan: { kind: 'zero', durable: false } },
  {
    name: 'durable zeros without a hole',
    fields: { command: ZEROES, flags: FUA | NO_HOLE },
    plan: { kind: 'zero', durable: true },
  },
  {
    name: 'fast zeros',
    fields: { command: ZEROES, flags: FAST, length: SIZE },
    plan: { kind: 'zero', durable: false },
  },
  {
    name: 'fast zeros without a hole',
    fields: { command: ZEROES, flags: FAST | NO_HOLE },
    plan: { kind: 'zero', durable: false },
  },
  { name: 'zeros past the end', fields: { command: ZEROES, length: SIZE + 1 }, refused: ENOSPC },
  { name: 'zeros in what is read-only', fields: { command: ZEROES }, terms: { readOnly: true }, refused: EPERM },
  { name: 'a flush', fields: { command: FLUSH, length: 0 }, plan: { kind: 'flush' } },
  {
    name: 'a flush of what is read-only',
    fields: { command: FLUSH, length: 0, flags: FUA },
    terms: { readOnly: true },
    plan: { kind: 'flush' },
  },
  { name: 'a flush of a range', fields: { command: FLUSH, length: 1 }, refused: EINVAL },
  { name: 'a prefetch', fields: { command: CACHE, length: SIZE }, plan: { kind: 'prefetch' } },
  { name: 'a prefetch past the end', fields: { command: CACHE, length: SIZE + 1 }, refused: EINVAL },
  { name: 'a status', fields: { command: STATUS }, plan: { kind: 'status', one: false } },
  { name: 'a status of one extent', fields: { command: STATUS, flags: REQ_ONE }, plan: { kind: 'status', one: true } },
  { name: 'a status past the end', fields: { command: STATUS, offset: SIZE }, refused: EINVAL },
  { name: 'a status without a context', fields: { command: STATUS }, terms: { contexts: false }, refused: EINVAL },
  { name: 'a goodbye', fields: { command: DISC, length: 0 }, plan: { kind: 'disconnect' } },
  { name: 'a command that is not known', fields: { command: 8 }, refused: EINVAL },
])('$name', ({ fields, terms, plan, refused }) => {
  const made = planRequest(request(fields), { ...TERMS, ...terms });
  if (refused === undefined) expect(made).toEqual(plan);
  else expect(made).toMatchObject({ kind: 'refuse', error: refused });
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
