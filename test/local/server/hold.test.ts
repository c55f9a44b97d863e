import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startServer } from '../../../src/local/server/server.ts';
import { put } from '../../../src/platform/catalogue/port.ts';
import { openSqliteCatalogue, type SqliteCatalogue } from '../../../src/platform/catalogue/sqlite.ts';
import { parseUpkeep } from '../../../src/platform/config.ts';
import { makeFolder } from '../../../src/platform/make-folder.ts';
import { clockEntity } from '../../../src/service/model/clocks/rows.ts';
import { INSTALLATION } from '../../../src/service/model/events/record.ts';
import { eventEntity } from '../../../src/service/model/events/rows.ts';
import { eventually } from '../running.ts';

const DAY_MS = 24 * 3_600_000;
/** The next round begins a minute after the first. */
const LESS_THAN_A_ROUND_MS = 50_000;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-hold-'));
  makeFolder(join(folder, 'data'));
});
afterEach(() => rm(folder, { recursive: true }));

async function inCatalogue<T>(work: (catalogue: SqliteCatalogue) => Promise<T>): Promise<T> {
  const catalogue = await openSqliteCatalogue(join(folder, 'data/catalogue.sqlite'));
  try {
    return await work(catalogue);
  } finally {
    await catalogue.close();
  }
}

/** As a machine that was off for 40 days, or whose clock was set wrong meanwhile. */
const explainedLongAgo = () => {
  const trusted = { trustedAt: Date.now() - 40 * DAY_MS, trustedBoot: 'an earlier boot', trustedUptimeMs: DAY_MS };
  const row = put(clockEntity, { id: 'clock', step: 1, behind: [], ...trusted });
  return inCatalogue((catalogue) => catalogue.transact([row]));
};

const eventsOfTheInstallation = async (): Promise<readonly string[]> => {
  const query = { partition: { accountId: INSTALLATION }, limit: 10 };
  const { rows } = await inCatalogue((catalogue) => catalogue.list(eventEntity, query));
  return rows.map(({ type }) => type);
};

test('10.4: a hold that is there at the start is an event in the first round', async () => {
  await explainedLongAgo();
  const lines: { readonly message?: string; readonly kind?: string; readonly outcome?: string }[] = [];
  const server = await startServer({
    folder: join(folder, 'data'),
    listening: { kind: 'loopback', port: 0 },
    settings: parseUpkeep({ VARVE_LOG: 'info' }),
    timeZone: 'UTC',
    operatorSecret: 'the secret of this run',
    reserveBytes: 0,
    writeLog: (line) => lines.push(JSON.parse(line)),
  });
  try {
    await eventually(
      () => lines.some(({ kind, outcome }) => kind === 'events' && outcome === 'done'),
      LESS_THAN_A_ROUND_MS,
    );
  } finally {
    await server.stop();
  }
  expect(await eventsOfTheInstallation()).toEqual(['clock.hold.began']);
});
