import { damageEntity, entryEntity } from '../../../engine/books/rows.ts';
import type { SqliteCatalogue } from '../../../platform/catalogue/sqlite.ts';
import type { ClockVerdict } from '../../../platform/time/explain-clock.ts';
import type { ClockWatch } from '../../../service/clocks/watch.ts';
import { recountedEntity, scrubEntity } from '../../../service/model/scrubs/rows.ts';
import type { Finding } from './finding.ts';

/** What only the catalogue knows. Plain JSON: the running server is asked for it. */
export interface Inside {
  readonly readOnly: string | null;
  readonly clock: ClockVerdict;
  readonly work: { readonly entries: number; readonly oldestAt: number | null };
  readonly isRebuilding: boolean;
  readonly damagedObjects: number;
  /** When a scrub last ended, or the background scrub last began to count a domain; ISO 8601. */
  readonly scrubbedAt: string | null;
  /** What a running server finds of its bucket, with its own credentials. */
  readonly bucket?: Finding;
}

/** More are not counted: there are many, which is what matters. */
const MOST_ROWS = 10_000;

export async function lookInside(
  catalogue: Pick<SqliteCatalogue, 'scan'>,
  clockWatch: Pick<ClockWatch, 'look'>,
  readOnly: string | undefined,
): Promise<Inside> {
  const [entries, damage, scrubs, recounted] = await Promise.all([
    catalogue.scan(entryEntity, { limit: MOST_ROWS }),
    catalogue.scan(damageEntity, { limit: MOST_ROWS }),
    catalogue.scan(scrubEntity, { limit: MOST_ROWS }),
    catalogue.scan(recountedEntity, { limit: MOST_ROWS }),
  ]);
  const work = entries.filter(({ kind }) => kind !== 'REBUILD').map(({ createdAt }) => createdAt);
  const scrubbed = [...scrubs.flatMap(({ finishedAt = [] }) => finishedAt), ...recounted.map(({ at }) => at)];
  return {
    readOnly: readOnly ?? null,
    clock: await clockWatch.look(),
    work: { entries: work.length, oldestAt: work.length === 0 ? null : Math.min(...work) },
    isRebuilding: work.length < entries.length,
    damagedObjects: damage.filter(({ healedAt }) => healedAt === undefined).length,
    scrubbedAt: scrubbed.sort().at(-1) ?? null,
  };
}
