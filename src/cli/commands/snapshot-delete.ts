import type { Client } from '../../client/client.ts';
import { ClientError } from '../../client/errors.ts';
import type { DeleteResult } from '../../client/service/snapshots.ts';
import { asking, decide } from '../asking/decide.ts';
import { backFromTrash, backUntil } from '../asking/facts.ts';
import { NOTHING_GOES, type Plan } from '../asking/plan.ts';
import type { Command, Context } from '../command.ts';
import { findSnapshot } from '../lookup.ts';
import { findEach, type Named, refusalLine, resultsOf, throwFirst } from '../several.ts';
import { counted, formatSize } from '../sizes.ts';
import { type Line, line, when } from '../text.ts';
import { trashHint } from './trash-hint.ts';

const noun = ['snapshot', 'snapshots'] as const;
const KEPT = { noun, verb: ['was not deleted', 'were not deleted'] } as const;
const UNFOUND = { noun, verb: ['was not found', 'were not found'] } as const;

export const snapshotDelete: Command = asking({
  path: 'snapshot delete',
  summary: 'Delete snapshots, in any order. Other snapshots keep their contents.',
  details: [
    'Each snapshot has its own result. The others are deleted even if one is refused or does ' +
      'not exist. The exit code is that of the first refusal.',
    'They can be brought back for the time that the account sets (trash restore, trash set). A ' +
      'pinned snapshot is refused.',
  ],
  args: [{ name: 'SNAPSHOT', summary: 'Ids or names of snapshots, at most 100.', repeated: true }],
  options: [
    {
      name: 'preview',
      takes: 'nothing',
      summary: 'Change nothing. Say exactly how much deleting them together would free.',
    },
    { name: 'dry-run', takes: 'nothing', summary: 'As --preview.' },
    {
      name: 'force',
      takes: 'nothing',
      summary: 'Also delete snapshots from which a disk was made. The disk still works.',
    },
  ],
  examples: [
    { does: 'What would it free?', line: 'varve snapshot delete monday tuesday --preview' },
    { does: 'Delete', line: 'varve snapshot delete monday tuesday' },
  ],
  json:
    '`{results: [{snapshotId, deleted, restorableUntil, error{code message}}]}`. ' +
    'With --preview or --dry-run: `{objects, storedBytes, restorableUntil, freeFrom, results: [{snapshotId, ' +
    'error{code message}}]}`.',
  run: async (context, input) => {
    const { console, client: connect, region } = context;
    const client = await connect();
    const named = await findEach(input.args, async (word) => (await findSnapshot(client, word, region)).id);
    const force = input.has('force');
    if (input.has('preview') || input.has('dry-run')) return preview({ client, console, named, force });
    await decide(context, input, () => deletePlan(client, named, force));
    const results = await resultsOf<DeleteResult>(named, {
      act: (ids) => client.snapshots.delete(ids, force),
      refused: (snapshotId, error) => ({ snapshotId, deleted: false, restorableUntil: null, error }),
    });
    console.result({ results }, () => results.flatMap(resultLines));
    throwFirst(results, KEPT, ({ snapshotId }) => ({ snapshotId }));
  },
});

async function deletePlan(client: Client, named: readonly Named[], force: boolean): Promise<Plan> {
  const ids = named.flatMap((one) => ('id' in one ? [one.id] : []));
  if (ids.length === 0) return { ...NOTHING_GOES, doing: 'delete nothing' };
  const found = await client.snapshots.deletePreview(ids, force).catch(uncounted);
  if (found === undefined) {
    const goes = ids.map((id) => `snapshot ${wordOf(named, id)}`);
    const back = await backFromTrash(client, ids.join(' '));
    return { doing: `delete ${counted(ids.length, 'snapshot')}`, goes, stays: STAYS, back, refusals: [] };
  }
  const going = found.results.filter(({ error }) => error === null).map(({ snapshotId }) => snapshotId);
  const what = ids.length === 1 ? `snapshot ${wordOf(named, ids[0] as string)}` : counted(ids.length, 'snapshot');
  return {
    doing: `delete ${what}`,
    goes: [...going.map((id) => `snapshot ${wordOf(named, id)}`), ...(going.length === 0 ? [] : [storedText(found)])],
    stays: STAYS,
    back: backUntil(found.restorableUntil, going.join(' ')),
    refusals: found.results.flatMap(({ snapshotId, error }) => (error ? [refusalLine(error, snapshotId)] : [])),
  };
}

const STAYS = ['the disk, and the contents of all other snapshots'];

/** So many that nobody counts what they would free. */
function uncounted(error: unknown): undefined {
  if (!(error instanceof ClientError && error.code === 'PreviewTooLarge')) throw error;
}

/** `monday (s-…)`, as it was named; the id alone if it was named by that. */
function wordOf(named: readonly Named[], id: string): string {
  const word = named.find((one) => 'id' in one && one.id === id)?.word ?? id;
  return word === id ? id : `${word} (${id})`;
}

function storedText({ storedBytes }: Freed): string {
  return storedBytes === 0
    ? 'no stored bytes: what is kept needs all of their blocks'
    : `${formatSize(storedBytes)} that only they store`;
}

interface Preview extends Pick<Context, 'console'> {
  readonly client: Client;
  readonly named: readonly Named[];
  readonly force: boolean;
}

interface Freed {
  readonly objects: number;
  readonly storedBytes: number;
  readonly restorableUntil?: string | null;
  readonly freeFrom?: string;
}

function freedText({ objects, storedBytes, freeFrom, restorableUntil }: Freed): Line {
  const from = freeFrom === undefined ? '' : line` from ${when(freeFrom)} on`;
  const freed =
    objects === 0
      ? 'Would free nothing: what is kept needs all of its blocks'
      : line`Would free ${formatSize(storedBytes)} in ${counted(objects, 'object')}${from}`;
  if (!restorableUntil) return line`${freed}.`;
  return line`${freed}. Until ${when(restorableUntil)} it can be brought back.`;
}

async function preview({ client, console, named, force }: Preview): Promise<void> {
  let freed: Freed = { objects: 0, storedBytes: 0 };
  const results = await resultsOf(named, {
    act: async (ids) => {
      const { results: each, ...sum } = await client.snapshots.deletePreview(ids, force);
      freed = sum;
      return each;
    },
    refused: (snapshotId, error) => ({ snapshotId, error }),
  });
  console.result({ ...freed, results }, () => [
    ...(results.every(({ error }) => error) ? [] : [freedText(freed)]),
    ...results.flatMap(({ snapshotId, error }) =>
      error ? [refusalLine(error, `Would be refused: ${snapshotId}`)] : [],
    ),
  ]);
  const found = named.map((one) => ({ word: one.word, error: 'error' in one ? one.error : null }));
  throwFirst(found, UNFOUND, ({ word }) => ({ snapshotId: word }));
}

function resultLines({ snapshotId, error, restorableUntil }: DeleteResult): Line[] {
  if (error) return [refusalLine(error, `Kept ${snapshotId}`)];
  return [`Deleted ${snapshotId}.`, ...trashHint(snapshotId, restorableUntil)];
}
