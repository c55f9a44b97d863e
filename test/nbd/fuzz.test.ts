import fc from 'fast-check';
import { describe, it } from 'vitest';
import { Budget } from '../../src/nbd/budget.ts';
import { DeviceError } from '../../src/nbd/device.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';
import { MemoryDevice } from '../support/memory-device.ts';
import {
  type Chunk,
  FLAGS,
  go,
  named,
  option,
  request,
  type ServerBytes,
  setContexts,
  text,
  u16,
  u32,
} from '../support/nbd-bytes.ts';
import { settle, TestSession } from '../support/nbd-session.ts';

const SIZE = 256 * 1024;
const BUDGET_BYTES = 64 * 1024 * 1024;
const CHUNK_TYPES = new Set([0, 1, 2, 5, 0x8001]);
const ERRORS = new Set([0, 1, 5, 22, 28, 75, 95, 108]);
/** Some seconds in all; VARVE_FUZZ_RUNS for a longer search. */
const RUNS = { numRuns: Number(process.env.VARVE_FUZZ_RUNS ?? 1500), ...FUZZ_SEED };

const number32 = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(2 ** 31, 2 ** 32 - 1), fc.nat(2 ** 32 - 1));
const name = fc.constantFrom('', 'disk', 'other', 'nothing', 'é', 'a'.repeat(300));
const query = fc.constantFrom('base:', 'base:allocation', 'varve:', 'varve:dirty', 'x-y:z', 'nonsense', ':');
const queries = fc.array(query, { maxLength: 4 });

const anOption = fc.oneof(
  fc
    .tuple(fc.constantFrom(6, 7), name, fc.array(fc.nat(5), { maxLength: 5 }))
    .map(([number, asked, kinds]) => option(number, named(asked), u16(kinds.length), ...kinds.map(u16))),
  fc
    .tuple(fc.constantFrom(9, 10), name, queries)
    .map(([number, asked, list]) => option(number, named(asked), u32(list.length), ...list.map(named))),
  fc.constantFrom(option(3), option(8), option(5), option(2)),
  fc.tuple(number32, fc.uint8Array({ maxLength: 40 })).map(([number, data]) => option(number, Buffer.from(data))),
  fc.tuple(number32, number32).map(([number, length]) => Buffer.concat([text('IHAVEOPT'), u32(number), u32(length)])),
);

const offset = fc.oneof(
  fc.nat(SIZE + 10).map(BigInt),
  fc.constantFrom(2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n),
);
const length = fc.oneof(fc.nat(70_000), fc.constantFrom(0, SIZE, SIZE + 1, 2 ** 25, 2 ** 25 + 1, 2 ** 31, 2 ** 32 - 1));
const flags = fc.oneof(fc.constant(0), fc.nat(31), fc.nat(0xffff));

const DISC = 2;
const aRequest = fc.oneof(
  { weight: 6, arbitrary: fc.record({ command: fc.constantFrom(0, 3, 4, 5, 6, 7, 8), flags, offset, length }) },
  { weight: 1, arbitrary: fc.record({ command: fc.constantFrom(DISC, 0xffff), flags, offset, length }) },
  {
    weight: 3,
    arbitrary: fc.record({
      command: fc.constant(1),
      flags,
      offset,
      data: fc.uint8Array({ maxLength: 300 }).map((data) => Buffer.from(data)),
    }),
  },
);

/** A change somewhere in the bytes: a byte, a piece less, a piece twice, or an early end. */
const mutation = fc.record({ kind: fc.constantFrom('byte', 'cut', 'twice', 'end'), at: fc.nat(), value: fc.nat(255) });
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutated(bytes: Buffer, mutations: readonly Mutation[]): Buffer {
  let all = Buffer.from(bytes);
  for (const { kind, at, value } of mutations) {
    if (all.length === 0) break;
    const place = at % all.length;
    if (kind === 'byte') all[place] = value;
    else if (kind === 'cut') all = Buffer.concat([all.subarray(0, place), all.subarray(place + value)]);
    else if (kind === 'twice') all = Buffer.concat([all.subarray(0, place + value), all.subarray(place)]);
    else all = all.subarray(0, place);
  }
  return all;
}

const cuts = fc.array(fc.nat(), { maxLength: 12 });

function pieces(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = at.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  return [...places, bytes.length].map((end, index) => bytes.subarray(index === 0 ? 0 : places[index - 1], end));
}

/** A device that holds what it is asked for against its port's promises to itself. */
class StrictDevice extends MemoryDevice {
  constructor(named: string) {
    super({ sizeBytes: SIZE, name: named });
    // so that reads are of both kinds
    void this.write(SIZE / 4, Buffer.alloc(SIZE / 4, 1), AbortSignal.timeout(60_000));
    this.hook = async (operation, at, bytes) => {
      if (operation === 'flush') return;
      if (!(bytes >= 1 && at >= 0 && at + bytes <= SIZE)) throw new Error(`out of bounds: ${operation} ${at}+${bytes}`);
      if ((at + bytes) % 7 === 0) throw new DeviceError('IO', 'The seventh fails.');
    };
  }
}

/** All that was said is well-formed, up to an end that is no one's fault. */
function checkHaggling(said: ServerBytes): void {
  if (said.left > 0) said.greeting();
  while (said.left > 0) {
    const { type } = said.optionReply();
    if (!(type >= 1 && type <= 4) && !(type > 2 ** 31 && type <= 2 ** 31 + 9))
      throw new Error(`a reply of type ${type}`);
  }
}

function checkReply(chunk: Chunk): void {
  if (chunk.kind === 'simple') {
    if (!ERRORS.has(chunk.type)) throw new Error(`error ${chunk.type}`);
    return;
  }
  if (!CHUNK_TYPES.has(chunk.type)) throw new Error(`a chunk of type ${chunk.type}`);
  if (chunk.type === 0x8001 && !(chunk.done && ERRORS.has(chunk.data.readUInt32BE())))
    throw new Error('a bad error chunk');
}

const devices = (): StrictDevice[] => [new StrictDevice('disk'), new StrictDevice('other')];

function begin(all: readonly StrictDevice[], structured: boolean, budget = new Budget(BUDGET_BYTES)): TestSession {
  const session = new TestSession(all, { budget });
  session.receive(u32(FLAGS.fixed | FLAGS.noZeroes));
  if (structured) session.receive(option(8), setContexts('disk', 'base:allocation', 'varve:dirty'));
  session.receive(go('disk'));
  session.said();
  return session;
}

/** Nothing is held any more, and the device never met what lies outside of it. */
function checkEnd(session: TestSession, all: readonly StrictDevice[]): void {
  if (all.some(({ held }) => held !== 0)) throw new Error('Bytes that were read are still held.');
  const stray = session.log.entries.find(({ fields }) => String(fields.error).includes('out of bounds'));
  if (stray) throw new Error(String(stray.fields.error));
}

describe('whatever a client sends', () => {
  it('while options are negotiated, it gets well-formed replies, and nothing breaks', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        fc.constantFrom<'none' | 'required' | 'established'>('none', 'required', 'established'),
        number32,
        fc.array(anOption, { maxLength: 6 }),
        fc.array(mutation, { maxLength: 2 }),
        cuts,
        (tls, clientFlags, options, mutations, at) => {
          const all = devices();
          const session = new TestSession(all, { tls });
          const bytes = Buffer.concat([u32(clientFlags % 8), ...options]);
          session.receive(...pieces(mutated(bytes, mutations), at));
          session.session.inputEnded();
          const transmitted = session.log.entries.some(({ message }) => message.includes('is connected'));
          if (!transmitted) checkHaggling(session.said());
          if (session.state === 'open') throw new Error('A connection whose client left is still open.');
          checkEnd(session, all);
        },
      ),
      RUNS,
    );
  });

  it('as requests, each is answered once and well-formed, within bounds', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(aRequest, { maxLength: 12 }), cuts, async (structured, fields, at) => {
        const all = devices();
        const session = begin(all, structured);
        session.receive(...pieces(Buffer.concat(fields.map((one, cookie) => request({ ...one, cookie }))), at));
        session.session.inputEnded();
        await settle();
        const said = session.said();
        const answered: number[] = [];
        const readLength = (cookie: number) => {
          const of = fields[cookie];
          return of?.command === 0 && 'length' in of ? of.length : 0;
        };
        while (said.left > 0) {
          const chunk = said.chunk(readLength);
          checkReply(chunk);
          if (chunk.done) answered.push(chunk.cookie);
        }
        const goodbye = fields.findIndex(({ command }) => command === DISC);
        const expected = [...fields.keys()].slice(0, goodbye < 0 ? fields.length : goodbye);
        if (answered.sort((a, b) => a - b).join() !== expected.join())
          throw new Error(`Answered were ${answered}, not ${expected}.`);
        if (session.state !== 'ended') throw new Error(`The connection is ${session.state}.`);
        checkEnd(session, all);
      }),
      { ...RUNS, numRuns: Math.ceil(RUNS.numRuns / 2) },
    );
  });

  it('as requests that are damaged, nothing breaks and nothing is kept', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(aRequest, { minLength: 1, maxLength: 8 }),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        cuts,
        fc.boolean(),
        async (structured, fields, mutations, at, vanishes) => {
          const all = devices();
          const budget = new Budget(BUDGET_BYTES);
          const session = begin(all, structured, budget);
          const bytes = Buffer.concat(fields.map((one, cookie) => request({ ...one, cookie })));
          session.receive(...pieces(mutated(bytes, mutations), at));
          if (vanishes) session.session.closed();
          else session.session.inputEnded();
          await settle();
          if (!vanishes && session.state === 'open') throw new Error('The connection is still open.');
          checkEnd(session, all);
          if (!budget.take(BUDGET_BYTES)) throw new Error('Room was not given back.');
        },
      ),
      { ...RUNS, numRuns: Math.ceil(RUNS.numRuns / 2) },
    );
  });
});
