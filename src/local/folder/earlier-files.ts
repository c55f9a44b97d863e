import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isoTime } from '../../platform/clock.ts';
import { writeDurably } from '../../platform/durable-file.ts';

/** The folder, in a data folder, with what an earlier version of Varve left. */
export const EARLIER = 'earlier';

/** What a data folder keeps of an earlier version. */
export interface EarlierFiles {
  readonly path: string;
  /** When it was taken over, ISO 8601. */
  readonly takenOverAt: string;
  /** When all contents had been read back since. */
  readonly verifiedAt?: string;
}

/** Undefined where nothing is kept any more. */
export function findEarlierFiles(dataFolder: string): EarlierFiles | undefined {
  const path = join(dataFolder, EARLIER);
  const found = statSync(noteIn(path), { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  try {
    const { takenOverAt, verifiedAt } = JSON.parse(readFileSync(noteIn(path), 'utf8')) as Omit<EarlierFiles, 'path'>;
    return { path, takenOverAt, ...(verifiedAt !== undefined && { verifiedAt }) };
  } catch {
    // The note is damaged. The file itself says since when it is there.
    return { path, takenOverAt: isoTime(found.mtimeMs) };
  }
}

export function noteEarlierFiles({ path, ...note }: EarlierFiles): void {
  writeDurably(noteIn(path), `${JSON.stringify(note)}\n`);
}

const noteIn = (path: string) => join(path, 'taken-over.json');

/** One sentence for the operator. */
export function adviceOn({ path, verifiedAt }: EarlierFiles): string {
  const what = `${path} holds what an earlier version of Varve left`;
  return verifiedAt === undefined
    ? `${what}. Keep it until everything has been read back once: "varve scrub" does that now ` +
        'for an account, and the background scrub in time.'
    : `${what}. Everything has been read back since (${verifiedAt}): you may delete it. Until ` +
        'then, blocks that are deleted give no space back.';
}
