import { rm } from 'node:fs/promises';
import type { Datapath } from '../../client/service/datapath.ts';
import type { BlockKeys } from '../../engine/blocks/object-form.ts';
import { sizeText } from '../../platform/size-text.ts';
import { digestOf } from '../journal/control.ts';
import { type LeftJournal, segmentPaths } from '../journal/folder.ts';
import { planRecovery, type RecoveryPlan, type UnreadSegment } from '../journal/recovery-plan.ts';
import { type Scanned, scanSegment, scanUnread } from '../journal/scan.ts';
import { segmentKey } from '../journal/seal.ts';
import { type Run, Segment } from '../journal/segment.ts';
import type { KnownVersion } from '../journal/version-note.ts';
import { Generation } from '../overlay/generation.ts';
import { areHoles, idsAt } from '../write-back/contents-at-version.ts';
import { fits, type Layer, replay } from '../write-back/dirty-data.ts';

export interface RecoveryParts {
  readonly diskId: string;
  readonly sizeBytes: number;
  /** The disk's version now, which nobody else changes any more. */
  readonly version: number;
  readonly root: string;
  /** Of the lease that is held now. */
  readonly fence: number;
  readonly datapath: Datapath;
  readonly keys: BlockKeys | undefined;
  /** What the last commit of the dead process was to make, as far as it is known. */
  readonly expected: KnownVersion | undefined;
}

/**
 * Whether nobody else can have changed the disk. Each acquisition and each loss of the disk raises
 * the fence by one, and nobody else changes a disk that is held: src/engine/commit/writer.ts.
 */
export function isAlone({ fence: last }: Pick<LeftJournal, 'fence'>, { fence }: { readonly fence: number }): boolean {
  return last !== undefined && last + 1 === fence;
}

export type Recovered =
  | {
      readonly kind: 'REPLAY';
      /** The oldest first, all closed. */
      readonly layers: readonly Layer[];
      readonly lastSequence: number;
      /** Bytes of their records. */
      readonly bytes: number;
    }
  | { readonly kind: 'SET_ASIDE'; readonly reason: string };

/**
 * Reads a journal that a dead process left, and says what is to be written again. Files that are
 * done with are removed; the others stay as they are.
 */
export async function recoverJournal(parts: RecoveryParts, left: LeftJournal): Promise<Recovered> {
  const scanned: Scanned[] = [];
  const segments: Segment[] = [];
  const unread: (UnreadSegment & { readonly path: string })[] = [];
  try {
    for (const path of await segmentPaths(left.path)) {
      const found = await scanSegment(path);
      if (found === undefined) unread.push({ ...(await scanUnread(path)), older: scanned.length, path });
      else {
        scanned.push(found);
        segments.push(openSegment(parts, path, found));
      }
    }
    const mismatch = scanned.map((found) => mismatchOf(parts, found)).find((reason) => reason !== undefined);
    const generations = scanned.map((found, at) => generationOf(parts, found, segments[at] as Segment));
    const plan = mismatch ? setAside(mismatch) : await decide(parts, left, { scanned, unread }, generations);
    if (plan.kind === 'SET_ASIDE') {
      for (const segment of segments) segment.leave();
      return plan;
    }
    const layers = segments
      .map((segment, at) => layerOf(segment, generations[at] as Generation<Run>))
      .slice(plan.committed, plan.usable)
      .filter(({ segment }) => !segment.isEmpty);
    await noteBase(parts, layers);
    const kept = new Set(layers.map(({ segment }) => segment));
    for (const segment of segments) if (!kept.has(segment)) await segment.discard();
    for (const { path } of unread) await rm(path, { force: true });
    const last = scanned[plan.usable - 1];
    return {
      kind: 'REPLAY',
      layers,
      lastSequence: last === undefined ? 0 : last.control.firstSequence + last.records.length - 1,
      bytes: layers.reduce((sum, { segment }) => sum + segment.bytes, 0),
    };
  } catch (error) {
    for (const segment of segments) segment.leave();
    throw error;
  }
}

function openSegment({ keys }: RecoveryParts, path: string, { control, turn, file, end }: Scanned): Segment {
  const key = control.sealed && keys ? segmentKey(keys, control.salt) : undefined;
  return new Segment({ path, control, turn, file, key, end, syncedTo: 0 });
}

/**
 * The files before the first layer's go. From then on its own page alone says which version it
 * follows, so that has to be on the medium before.
 */
async function noteBase({ version }: RecoveryParts, [first]: readonly Layer[]): Promise<void> {
  if (first === undefined) return;
  const { segment } = first;
  const { intent, baseVersion } = segment.control;
  if ((intent?.version ?? baseVersion) !== version) await segment.setBase(version);
  await segment.syncControl();
}

function layerOf(segment: Segment, generation: Generation<Run>): Layer {
  return { segment, generation, begunAt: performance.now() };
}

/** Why the segment cannot be one of this disk, as it is now. */
function mismatchOf(parts: RecoveryParts, { control, records }: Scanned): string | undefined {
  if (control.diskId !== parts.diskId) return `it is of disk ${control.diskId}`;
  if (control.sealed !== (parts.keys !== undefined)) return 'it is sealed and the disk is not, or the reverse';
  if (control.sizeBytes > parts.sizeBytes) return `it is of a larger disk (${sizeText(control.sizeBytes)})`;
  if (!records.every(({ head }) => head.sealed === control.sealed && fits(head, control.sizeBytes)))
    return 'a record lies beyond the end of the disk';
  return undefined;
}

function generationOf({ sizeBytes }: RecoveryParts, { control, records }: Scanned, segment: Segment): Generation<Run> {
  const generation = new Generation<Run>(control.generation, sizeBytes);
  for (const { head, position } of records) {
    replay(generation, head, { segment, position, length: head.length, sequence: head.sequence });
  }
  return generation;
}

function decide(
  parts: RecoveryParts,
  left: LeftJournal,
  { scanned, unread }: { readonly scanned: readonly Scanned[]; readonly unread: readonly UnreadSegment[] },
  generations: readonly Generation<Run>[],
): Promise<RecoveryPlan> {
  const segments = scanned.map(({ control, records, durable }) => ({ control, records: records.length, durable }));
  const { datapath, diskId, version, root, expected } = parts;
  const isMade = async (at: number) => {
    if (expected?.version === version) return expected.root === root;
    const { intent } = (scanned[at] as Scanned).control;
    return holdsLayer(datapath, { source: diskId, version }, generations[at] as Generation<Run>, intent?.digest);
  };
  return planRecovery({ segments, unread }, { version, isAlone: isAlone(left, parts), isMade });
}

/**
 * Whether the contents are what the layer's commit was to make. Only blocks with bytes in them
 * prove it: a reinitialisation by somebody else makes holes, too.
 */
async function holdsLayer(
  datapath: Datapath,
  at: { readonly source: string; readonly version: number },
  generation: Generation<Run>,
  digest: Buffer | undefined,
): Promise<boolean> {
  const patched = generation.patchedBlocks();
  const found = await idsAt(datapath, at, patched);
  if (digest === undefined || found === undefined || found.ids.every((id) => id === undefined)) return false;
  const blocks = patched.map((index, place) => ({ index, id: found.ids[place] }));
  return digestOf(blocks).equals(digest) && areHoles(datapath, at, generation.holes(), new Set(patched));
}

function setAside(reason: string): RecoveryPlan {
  return { kind: 'SET_ASIDE', reason };
}
