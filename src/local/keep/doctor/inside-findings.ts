import { rebuildCommand } from '../../folder/open.ts';
import { adviceOnMoved, type Notes } from '../notes.ts';
import { ageText, DAY_MS, type Finding, HOUR_MS, ok, problem, warning } from './finding.ts';
import type { Inside } from './look-inside.ts';

const OLD_WORK_MS = HOUR_MS;
const OLD_BACKUP_MS = 7 * DAY_MS;
const OLD_CHECK_MS = 3 * DAY_MS;
const OLD_SCRUB_MS = 45 * DAY_MS;

/** What the keeper's notes say: pure, as all that follows. */
export function noteFindings(notes: Notes, data: string, now: number, isElsewhere = false): Finding[] {
  const { check, backup, copy } = notes;
  const age = (at: string) => now - Date.parse(at);
  const moved = adviceOnMoved(notes, data, now);
  return [
    isElsewhere
      ? ok('backup', 'The objects are in a bucket: their backup is its own affair. keys.json has to be kept apart.')
      : backup === undefined
        ? warning(
            'backup',
            'There is no backup.',
            `Run "npx varve server backup DIR --data ${data}", and keep keys.json apart.`,
          )
        : age(backup.at) > OLD_BACKUP_MS
          ? warning('backup', `The last backup (${backup.to}) is ${ageText(age(backup.at))} old.`, 'Run it again.')
          : ok('backup', `The last backup (${backup.to}) is ${ageText(age(backup.at))} old.`),
    copy === undefined
      ? warning(
          'copy',
          'There is no copy of the catalogue among the objects yet.',
          'Leave the server running: it makes one each hour if something changed.',
        )
      : ok('copy', `The last copy of the catalogue among the objects is ${ageText(age(copy.at))} old.`),
    checkFinding(check, data, age),
    ...(moved === undefined ? [] : [ok('moved', moved)]),
  ];
}

function checkFinding(check: Notes['check'], data: string, age: (at: string) => number): Finding {
  if (check === undefined)
    return warning('check', 'The catalogue was never checked.', 'Start the server: it checks it in the background.');
  if (check.damage !== undefined) {
    return problem(
      'check',
      `The catalogue is damaged (${check.damage}).`,
      `End Varve and run "${rebuildCommand({ path: data })}", or restore a backup into a new folder.`,
    );
  }
  const found = `The catalogue was found intact ${ageText(age(check.at))} ago.`;
  return age(check.at) > OLD_CHECK_MS
    ? warning('check', found, 'Start the server: it checks it in the background each day.')
    : ok('check', found);
}

export function insideFindings(
  { clock, work, isRebuilding, damagedObjects, scrubbedAt }: Inside,
  now: number,
): Finding[] {
  return [
    clockFinding(clock),
    workFinding(work, now),
    ...(isRebuilding
      ? [warning('rebuild', 'A rebuild is not finished, or has losses.', 'Run it again, or with --accept-losses.')]
      : []),
    damagedObjects === 0
      ? ok('damage', 'No object is known to be damaged.')
      : problem(
          'damage',
          `${damagedObjects} objects are known to be damaged.`,
          'See "npx varve damage list". Import the same content again, or put the objects back from a backup.',
        ),
    scrubFinding(scrubbedAt, now),
  ];
}

function clockFinding(clock: Inside['clock']): Finding {
  if (clock.kind === 'trusted') {
    return clock.by === 'system'
      ? ok('clock', 'The clock is compared with others, and explained.')
      : warning(
          'clock',
          'The clock is explained, and nothing compares it with others.',
          'Switch a time service on, such as systemd-timesyncd or chrony.',
        );
  }
  const seconds = Math.round(Math.abs(clock.byMs) / 1000);
  return problem(
    'clock',
    `The clock is ${seconds} s ${clock.kind === 'ahead' ? 'ahead of' : 'behind'} what can be explained.`,
    'Set it right. While it is ahead, nothing is deleted because of time. If it is right: ' +
      '"npx varve server trust-clock". See docs/clocks.md.',
  );
}

function workFinding({ entries, oldestAt }: Inside['work'], now: number): Finding {
  if (oldestAt === null) return ok('work', 'No background work waits.');
  const found = `${entries} pieces of background work wait, the oldest for ${ageText(now - oldestAt)}.`;
  return now - oldestAt > OLD_WORK_MS
    ? warning('work', found, 'See "work failed" and "sweep failed" in the log.')
    : ok('work', found);
}

function scrubFinding(scrubbedAt: string | null, now: number): Finding {
  if (scrubbedAt === null)
    return warning('scrub', 'Nothing was scrubbed yet.', 'Run "npx varve scrub", or leave it to the background scrub.');
  const age = now - Date.parse(scrubbedAt);
  const found = `The last scrub was ${ageText(age)} ago.`;
  return age > OLD_SCRUB_MS ? warning('scrub', found, 'Run "npx varve scrub".') : ok('scrub', found);
}
