import { describe, expect, test } from 'vitest';
import type { Control } from '../../src/attach/journal/control.ts';
import {
  type LeftSegment,
  type LeftSegments,
  type Present,
  planRecovery,
  type UnreadSegment,
} from '../../src/attach/journal/recovery-plan.ts';

const CONTROL: Control = {
  sealed: false,
  salt: Buffer.alloc(16, 7),
  generation: 3,
  firstSequence: 1,
  fence: 5,
  sizeBytes: 2 ** 40,
  baseVersion: undefined,
  intent: undefined,
  diskId: 'd-abc',
};

/** Two records that nothing is known of, unless a case says otherwise. */
function segment(part: Partial<Control> & { records?: number; durable?: number }): LeftSegment {
  const { records = 2, durable = 0, ...control } = part;
  return { control: { ...CONTROL, ...control }, records, durable };
}

/** Its commit onto this version was under way. */
const committingOnto = (version: number) => ({
  intent: { version, digest: Buffer.alloc(32) },
  baseVersion: version,
});

/**
 * Three segments in a row, records 1 and 2, 3 and 4, 5 and 6, at different moments of their lives.
 */
const one = segment({ firstSequence: 1, baseVersion: 7 });
const oneCommitting = segment({ firstSequence: 1, ...committingOnto(7) });
const two = segment({ firstSequence: 3 });
const twoBased = segment({ firstSequence: 3, baseVersion: 8 });
const twoCommitting = segment({ firstSequence: 3, ...committingOnto(8) });
const three = segment({ firstSequence: 5 });
const threeBased = segment({ firstSequence: 5, baseVersion: 9, durable: 4 });

interface Disk {
  readonly version: number;
  /** Somebody else may have had it since the journal's writer died. */
  readonly others: 'maybe' | 'nobody';
  /** Whether it holds what a commit of the journal was to make. */
  readonly holdsOurs: boolean;
}

const planFor = (left: Partial<LeftSegments>, { version, others, holdsOurs }: Disk) => {
  const present: Present = { version, isAlone: others === 'nobody', isMade: async () => holdsOurs };
  return planRecovery({ segments: [], unread: [], ...left }, present);
};

interface Replayed {
  readonly name: string;
  readonly left: readonly LeftSegment[];
  readonly diskVersion: number;
  readonly holdsOurs?: true;
  /** So many segments are in the disk already, and so many count in all. */
  readonly replays: { readonly committed: number; readonly usable: number };
}

describe('a journal that fits the disk is replayed', () => {
  test.each<Replayed>([
    {
      name: 'nothing was tried',
      left: [one, two],
      diskVersion: 7,
      replays: { committed: 0, usable: 2 },
    },
    {
      name: 'the commit did not come in',
      left: [oneCommitting, two],
      diskVersion: 7,
      replays: { committed: 0, usable: 2 },
    },
    {
      name: 'the commit came in',
      left: [oneCommitting, two],
      diskVersion: 8,
      holdsOurs: true,
      replays: { committed: 1, usable: 2 },
    },
    {
      name: 'the commit came in and the next one knows',
      left: [oneCommitting, twoBased],
      diskVersion: 8,
      holdsOurs: true,
      replays: { committed: 1, usable: 2 },
    },
    {
      name: 'the next one knows, and its predecessor is gone',
      left: [twoBased],
      diskVersion: 8,
      replays: { committed: 0, usable: 1 },
    },
    {
      name: 'two commits came in, and a removal was lost',
      left: [oneCommitting, twoCommitting],
      diskVersion: 9,
      holdsOurs: true,
      replays: { committed: 2, usable: 2 },
    },
    {
      name: 'the second did not come in',
      left: [oneCommitting, twoCommitting],
      diskVersion: 8,
      replays: { committed: 1, usable: 2 },
    },
    {
      name: 'of two removals the first was lost',
      left: [oneCommitting, threeBased],
      diskVersion: 9,
      replays: { committed: 1, usable: 2 },
    },
    {
      name: 'nothing is in it',
      left: [segment({ firstSequence: 1, records: 0, baseVersion: 7 })],
      diskVersion: 90,
      replays: { committed: 1, usable: 1 },
    },
    {
      name: 'nothing is there',
      left: [],
      diskVersion: 3,
      replays: { committed: 0, usable: 0 },
    },
    {
      name: 'a segment in the middle is gone',
      left: [one, three],
      diskVersion: 7,
      replays: { committed: 0, usable: 1 },
    },
    {
      name: 'the end is torn',
      left: [segment({ firstSequence: 1, baseVersion: 7, records: 1, durable: 1 }), two],
      diskVersion: 7,
      replays: { committed: 0, usable: 1 },
    },
  ])('$name', async ({ left, diskVersion, holdsOurs = false, replays }) => {
    const plan = await planFor({ segments: left }, { version: diskVersion, others: 'maybe', holdsOurs });
    expect(plan).toEqual({ kind: 'REPLAY', ...replays });
  });

  test.each<Replayed>([
    {
      name: 'the commit came in',
      left: [oneCommitting, two],
      diskVersion: 8,
      replays: { committed: 1, usable: 2 },
    },
    {
      name: 'the commit came in, and word of it did not reach the medium',
      left: [one, two],
      diskVersion: 8,
      replays: { committed: 1, usable: 2 },
    },
    {
      name: 'all was committed, and one removal was lost',
      left: [oneCommitting],
      diskVersion: 12,
      replays: { committed: 1, usable: 1 },
    },
    {
      name: 'two removals were lost',
      left: [oneCommitting, twoBased],
      diskVersion: 12,
      replays: { committed: 2, usable: 2 },
    },
    {
      name: 'nothing was tried',
      left: [one, two],
      diskVersion: 7,
      replays: { committed: 0, usable: 2 },
    },
  ])('nobody else can have had the disk, and $name', async ({ left, diskVersion, replays }) => {
    const plan = await planFor({ segments: left }, { version: diskVersion, others: 'nobody', holdsOurs: false });
    expect(plan).toEqual({ kind: 'REPLAY', ...replays });
  });
});

describe('a journal that does not fit is set aside', () => {
  test('what other layers made is not known where more than one version came in between', async () => {
    const disk: Disk = { version: 9, others: 'nobody', holdsOurs: true };
    expect(await planFor({ segments: [oneCommitting, two] }, disk)).toMatchObject({ kind: 'SET_ASIDE' });
  });

  interface SetAside {
    readonly name: string;
    readonly left: readonly LeftSegment[];
    readonly diskVersion: number;
    readonly holdsOurs?: true;
  }
  test.each<SetAside>([
    { name: 'somebody else wrote instead of the commit', left: [oneCommitting, two], diskVersion: 8 },
    { name: 'somebody else wrote', left: [one, two], diskVersion: 8 },
    { name: 'somebody else wrote after the commit', left: [oneCommitting, two], diskVersion: 9, holdsOurs: true },
    { name: 'the disk was rolled back', left: [twoBased], diskVersion: 9 },
    {
      name: 'an acknowledged record is damaged',
      left: [segment({ firstSequence: 1, baseVersion: 7, records: 1, durable: 2 })],
      diskVersion: 7,
    },
    {
      name: 'an acknowledged segment is gone',
      left: [one, segment({ firstSequence: 5, durable: 4 })],
      diskVersion: 7,
    },
  ])('$name', async ({ left, diskVersion, holdsOurs = false }) => {
    const plan = await planFor({ segments: left }, { version: diskVersion, others: 'maybe', holdsOurs });
    expect(plan).toMatchObject({ kind: 'SET_ASIDE' });
  });
});

describe('a segment whose control page is damaged', () => {
  const unread = (part: Partial<UnreadSegment>): UnreadSegment => ({
    older: 1,
    isBlank: false,
    first: undefined,
    durable: 0,
    ...part,
  });
  const threeEmpty = segment({ firstSequence: 5, records: 0 });

  interface Damaged {
    readonly name: string;
    readonly others: readonly LeftSegment[];
    readonly damaged: UnreadSegment;
    readonly kind: 'REPLAY' | 'SET_ASIDE';
  }
  test.each<Damaged>([
    { name: 'it has records', others: [one], damaged: unread({ first: 3 }), kind: 'SET_ASIDE' },
    { name: 'one behind it has', others: [one, three], damaged: unread({}), kind: 'SET_ASIDE' },
    { name: 'nobody has', others: [one, threeEmpty], damaged: unread({}), kind: 'REPLAY' },
    {
      name: 'its page never was on the medium, and nothing of it was flushed',
      others: [one],
      damaged: unread({ first: 3, isBlank: true }),
      kind: 'REPLAY',
    },
    {
      name: 'its page never was on the medium, and something of it was flushed',
      others: [one],
      damaged: unread({ first: 3, isBlank: true, durable: 3 }),
      kind: 'SET_ASIDE',
    },
    {
      name: 'it is committed',
      others: [twoBased],
      damaged: unread({ older: 0, first: 1, durable: 2 }),
      kind: 'REPLAY',
    },
    { name: 'it is the only one', others: [], damaged: unread({ older: 0, first: 1 }), kind: 'SET_ASIDE' },
    {
      name: 'it is the only one, and blank',
      others: [],
      damaged: unread({ older: 0, first: 6, isBlank: true, durable: 5 }),
      kind: 'REPLAY',
    },
  ])('$kind where $name', async ({ others, damaged, kind }) => {
    const version = others[0]?.control.baseVersion ?? 7;
    const plan = await planFor({ segments: others, unread: [damaged] }, { version, others: 'maybe', holdsOurs: false });
    expect(plan.kind).toBe(kind);
  });
});
