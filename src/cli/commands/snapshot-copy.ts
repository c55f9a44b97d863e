import { randomUUID } from 'node:crypto';
import type { Client } from '../../client/client.ts';
import { ClientError } from '../../client/errors.ts';
import type { OneSnapshot } from '../../client/service/snapshots.ts';
import { stillThere } from '../../client/service/wait-for-snapshot.ts';
import { asking, decide } from '../asking/decide.ts';
import { called } from '../asking/facts.ts';
import type { Plan } from '../asking/plan.ts';
import type { Command, Context } from '../command.ts';
import { follow } from '../follow.ts';
import { findSnapshot } from '../lookup.ts';
import { UsageError } from '../usage-error.ts';
import { failureOf, waitsText } from './background.ts';
import { DESCRIPTION_OPTION } from './description.ts';
import { NO_WAIT_OPTION } from './image-transfer.ts';
import { RETENTION_OPTION, SNAPSHOT_JSON, snapshotLines } from './snapshot.ts';
import { progressText } from './snapshot-copy-facts.ts';
import { parseTags, TAG_OPTION } from './tags.ts';

export const snapshotCopy: Command = {
  path: 'snapshot copy',
  summary: 'Copy a snapshot to another region. Only blocks that are missing there are sent.',
  details: [
    'The service does it in the background, from store to store. Ctrl-C leaves it running ' +
      '(snapshot show, snapshot cancel-copy). The source may be deleted meanwhile.',
    'A later copy of the same disk sends what has changed since the one before. Disks and images ' +
      'can be made from the copy, in its region. The source disk cannot be rolled back to it.',
    'A copy of an encrypted snapshot is encrypted with the same key. It is refused if the key ' +
      'cannot be used in that region.',
    'A store in trouble delays the copy. The exit code is 5 if a block of the source is damaged.',
  ],
  args: [{ name: 'SNAPSHOT', summary: 'Id or name of the snapshot.' }],
  options: [
    { name: 'to', takes: 'text', value: 'REGION', summary: 'The region to copy it to. Needed.' },
    { name: 'name', takes: 'text', value: 'NAME', summary: 'Name. Default: that of the snapshot.' },
    DESCRIPTION_OPTION,
    RETENTION_OPTION,
    NO_WAIT_OPTION,
    TAG_OPTION,
  ],
  examples: [{ does: 'To a second region', line: 'varve snapshot copy before-upgrade --to north' }],
  json: `${SNAPSHOT_JSON} With \`copy\`, as for \`snapshot show\`.`,
  run: async (context, input) => {
    const { console, region } = context;
    const toRegion = input.text('to');
    if (toRegion === undefined) throw new UsageError('Say where to: --to REGION.', 'snapshot copy');
    const client = await context.client();
    const begun = await client.snapshots.copy({
      snapshotId: (await findSnapshot(client, input.args[0] as string, region)).id,
      toRegion,
      name: input.text('name'),
      description: input.text('description'),
      retentionDays: input.number('retention'),
      ...(input.has('tag') && { tags: parseTags(input.texts('tag')) }),
      clientToken: randomUUID(),
    });
    const copy = input.has('no-wait') ? begun : await untilDone(context, client, begun);
    console.result(copy, () => snapshotLines(copy));
    if (copy.status === 'FAILED') throw failureOf(copy.copy?.problem, { snapshotId: copy.id });
  },
};

function untilDone(context: Context, { snapshots }: Client, begun: OneSnapshot): Promise<OneSnapshot> {
  const { id } = begun;
  const message = `Copy ${id} goes on: see varve snapshot show ${id}.`;
  return follow(context, {
    begun,
    isOver: ({ status }) => status !== 'PROGRESSING',
    lineOf,
    again: () => stillThere(snapshots, id),
    goesOn: ({ extra }) => new ClientError('Interrupted', message, { ...extra, snapshotId: id }),
  });
}

function lineOf({ progressPercent, copy }: OneSnapshot): string {
  return `${Math.min(progressPercent, 99)} %, ${(copy && progressText(copy)) ?? ''}${waitsText(copy?.problem)}`;
}

export const snapshotCancelCopy: Command = asking({
  path: 'snapshot cancel-copy',
  summary: 'End a copy that is under way. Nothing of it stays.',
  details: ['A copy that has ended stays as it is.'],
  args: [{ name: 'SNAPSHOT', summary: 'Id or name of the copy.' }],
  options: [],
  examples: [{ does: 'End it', line: 'varve snapshot cancel-copy before-upgrade --region north' }],
  json: '`{snapshotId, cancelled}`.',
  run: async (context, input) => {
    const { console, client: connect, region } = context;
    const client = await connect();
    const { id } = await findSnapshot(client, input.args[0] as string, region);
    if (!(await decide(context, input, async () => cancelPlan(await stillThere(client.snapshots, id))))) return;
    const done = await client.snapshots.cancelCopy(id);
    console.result(done, () => [
      done.cancelled ? `Cancelled ${id}.` : `${id} is no copy that is under way: nothing was done.`,
    ]);
  },
});

function cancelPlan(snapshot: OneSnapshot): Plan {
  const { copy, status } = snapshot;
  const isUnderWay = copy !== null && status === 'PROGRESSING';
  return {
    doing: `end the copy ${called(snapshot)}`,
    goes: isUnderWay ? [`what is copied of it: ${lineOf(snapshot)}`] : [],
    stays: copy === null ? [] : [`snapshot ${copy.sourceSnapshotId} in region ${copy.sourceRegion}`],
    back: 'It cannot go on. It can begin again: varve snapshot copy',
    refusals: [],
  };
}
