import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BackupAnswer } from '../../src/local/keep/backups.ts';
import { invokeLocal, type LocalFunctions } from '../../src/platform/functions/local.ts';
import type { Workload } from './workload.ts';

/** Two folders in turn: each keeps the state before the last one. */
export const BACKUP_PLACES = ['backup-a', 'backup-b'] as const;
const ROUNDS = 12;
const POLL_MS = 20;
const WAIT_MS = 600;

/** Backups beside everything else, on the same disk. */
export async function backingUp({ acknowledged, says, backups, random }: Workload): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const place = BACKUP_PLACES[round % BACKUP_PLACES.length] as string;
    await acknowledged.backedUp(place, () => backUp(says.operator, join(backups, place)));
    await sleep(random() * WAIT_MS);
  }
}

/** The id of the backup, however often the server is killed meanwhile. */
async function backUp(operator: LocalFunctions, to: string): Promise<string> {
  const ask = (event: object) =>
    invokeLocal(operator, 'backup', event).catch(() => undefined) as Promise<BackupAnswer | undefined>;
  for (;;) {
    let answer = await ask({ start: { to, withKeys: true } });
    while (answer?.state === 'running') {
      await sleep(POLL_MS);
      answer = await ask({ poll: answer.id });
    }
    if (answer?.state === 'failed') throw new Error(answer.message);
    if (answer?.state === 'done') {
      if (answer.report.missing.length > 0) throw new Error(`a backup misses ${answer.report.missing.join(', ')}`);
      return answer.report.id;
    }
    await sleep(POLL_MS); // it is down, or another one since the question
  }
}
