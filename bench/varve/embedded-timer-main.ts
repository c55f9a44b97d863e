import { work } from '../../src/background/worker.ts';
import { openParts } from '../../src/local/server/parts.ts';
import { startRounds } from '../../src/local/server/rounds.ts';
import { mapBounded } from '../../src/platform/bounded.ts';
import { MAX_TRANSACTION_WRITES, put } from '../../src/platform/catalogue/port.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { parseUpkeep } from '../../src/platform/config.ts';
import { createLog, lineWriter } from '../../src/platform/log.ts';
import { fireTimer, makeDueDisks } from './due-disks.ts';
import { batchesOf, type SaveRows } from './memory-first.ts';

/**
 * `make FOLDER ACCOUNT DISKS POLICIES`, and `fire FOLDER ACCOUNT`, which prints how long it took.
 * On the stores of a data folder whose server does not run; the workers are in this process, as in
 * the server.
 */
const LOOK_MS = 250;
const WORK_MS = 60_000;
const BATCHES_AT_ONCE = 32;

const [what = '', folder = '', accountId = '', disks = '', policies = ''] = process.argv.slice(2);
const parts = await openParts({
  folder,
  objectsUrl: 'http://localhost',
  settings: parseUpkeep(process.env),
  timeZone: 'UTC',
  log: createLog({ level: 'warn', clock: systemClock, write: lineWriter(process.stderr) }),
});
const { composition, catalogue, queue } = parts;
const { service } = composition;

async function make(): Promise<void> {
  const { transact } = catalogue;
  const save: SaveRows = (entity, rows) =>
    mapBounded(batchesOf(rows, MAX_TRANSACTION_WRITES), BATCHES_AT_ONCE, (batch) =>
      transact(batch.map((row) => put(entity, row as never, 'any'))),
    );
  await makeDueDisks(service, { accountId, disks: Number(disks), policies: Number(policies) }, save);
}

async function fire() {
  queue.start((message) => work(composition, message, systemClock.now() + WORK_MS));
  const rounds = startRounds(composition, parts);
  const fired = await fireTimer(service, accountId, LOOK_MS);
  await Promise.all([rounds.stop(), queue.stop()]);
  return fired;
}

const done = what === 'make' ? await make() : await fire();
await catalogue.close();
process.stdout.write(JSON.stringify(done) ?? 'null');
