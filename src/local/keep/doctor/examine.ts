import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteCatalogue } from '../../../platform/catalogue/sqlite.ts';
import { systemClock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import { watchOwnClock } from '../../clock-watch.ts';
import { lockFolder } from '../../folder/lock.ts';
import { elsewhereOf, type ObjectsElsewhere, readMarker } from '../../folder/marker.ts';
import { readNotes } from '../notes.ts';
import { bucketFinding } from './bucket-finding.ts';
import { type Finding, ok, problem } from './finding.ts';
import { folderFindings, isDataFolder } from './folder-findings.ts';
import { insideFindings, noteFindings } from './inside-findings.ts';
import { type Inside, lookInside } from './look-inside.ts';
import { nodeFinding, serverFinding } from './server-findings.ts';

export interface Examination {
  readonly data: string;
  /** Asks the running server; undefined if none runs. */
  readonly ask: () => Promise<Inside | undefined>;
}

/** Everything that an operator would look at, whether a server runs or not. */
export async function examine({ data, ask }: Examination): Promise<Finding[]> {
  const node = nodeFinding(process.versions.node);
  if (!isDataFolder(data)) return [node, ...missingFolder(data)];
  const now = systemClock.now();
  const elsewhere = placeIn(data);
  const outside = [
    node,
    ...folderFindings(data),
    await serverFinding(data),
    ...noteFindings(readNotes(data), data, now, elsewhere !== undefined),
  ];
  try {
    const inside = (await ask()) ?? (await lookAlone(data));
    const readOnly =
      inside.readOnly === null ? [] : [problem('read-only', 'The service takes no changes.', inside.readOnly)];
    const bucket = elsewhere && (inside.bucket ?? (await bucketFinding(elsewhere)));
    return [...outside, ...(bucket ? [bucket] : []), ...readOnly, ...insideFindings(inside, now)];
  } catch (error) {
    return [
      ...outside,
      problem(
        'catalogue',
        `The catalogue cannot be looked at (${(error as Error).message}).`,
        'Start the server: it says what to do.',
      ),
    ];
  }
}

/** A marker that cannot be read is told elsewhere. */
function placeIn(data: string): ObjectsElsewhere | undefined {
  try {
    return elsewhereOf(readMarker(data));
  } catch {
    return undefined;
  }
}

function missingFolder(data: string): Finding[] {
  return [
    problem('folder', `${data} is no data folder of Varve.`, 'Name one with --data.'),
    ok('server', 'No server runs.'),
  ];
}

/** With the folder's lock, as no server has it. */
async function lookAlone(data: string): Promise<Inside> {
  const path = join(data, 'catalogue.sqlite');
  if (!existsSync(path)) throw new Error(`${path} is missing`);
  const lock = lockFolder(data);
  try {
    const catalogue = await openSqliteCatalogue(path, { older: 'REFUSE' });
    try {
      return await lookInside(catalogue, watchOwnClock(catalogue, SILENT), undefined);
    } finally {
      await catalogue.close();
    }
  } finally {
    lock.release();
  }
}

const nothing = () => undefined;
const SILENT: Log = { error: nothing, warn: nothing, info: nothing, debug: nothing };
