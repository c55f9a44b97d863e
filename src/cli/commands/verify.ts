import type { Client } from '../../client/client.ts';
import type { ExpectedContents } from '../../client/download/proved-pages.ts';
import type { DamagedBlock } from '../../client/download/verify-image.ts';
import { ClientError } from '../../client/errors.ts';
import { Meter } from '../../client/progress.ts';
import { sizeText } from '../../platform/size-text.ts';
import type { Command, Context } from '../command.ts';
import { parseRoot, ROOT_OPTION } from '../expected-root.ts';
import { findDisk, findSnapshot } from '../lookup.ts';
import { summaryText, transferFields, withProgress } from '../progress-line.ts';

const DETAILS = [
  'Every block is fetched and checked against its id, with the key if it is encrypted. The ' +
    'ids are checked against the root of the version. Nothing is changed.',
  'All damaged blocks are reported, not only the first. A damaged page of the block map ends ' +
    'the reading. The exit code is 5 if there is any damage.',
];
const JSON_FIELDS =
  '`{source, sizeBytes, root, version, damagedBlocks, damages: [{offsetBytes, objectId, ' +
  'reason}], known, readBytes, deduplicatedBytes, ' +
  'transferredBytes, storedBytes, seconds}`, with at most 1000 damages. `known` says whether ' +
  'the service knows of them, so that the next upload heals them.';

export const diskVerify: Command = {
  path: 'disk verify',
  summary: 'Read all of a disk’s blocks and check each against its id and the root.',
  details: DETAILS,
  args: [{ name: 'DISK', summary: 'Id or name of the disk.' }],
  options: [ROOT_OPTION],
  examples: [{ does: 'Is everything still there?', line: 'varve disk verify web-root' }],
  json: JSON_FIELDS,
  run: (context, input) =>
    run(
      context,
      parseRoot(input, 'disk verify'),
      async (client) => (await findDisk(client, input.args[0] as string, context.region)).id,
    ),
};

export const snapshotVerify: Command = {
  path: 'snapshot verify',
  summary: 'Read all of a snapshot’s blocks and check each against its id and the root.',
  details: DETAILS,
  args: [{ name: 'SNAPSHOT', summary: 'Id or name of the snapshot.' }],
  options: [ROOT_OPTION],
  examples: [{ does: 'Before a restore', line: 'varve snapshot verify before-upgrade' }],
  json: JSON_FIELDS,
  run: (context, input) =>
    run(
      context,
      parseRoot(input, 'snapshot verify'),
      async (client) => (await findSnapshot(client, input.args[0] as string, context.region)).id,
    ),
};

async function run(
  { console, client: connect }: Context,
  expected: ExpectedContents | undefined,
  find: (client: Client) => Promise<string>,
): Promise<void> {
  const client = await connect();
  const source = await find(client);
  const meter = new Meter();
  const result = await withProgress(console, meter, 'check', () => client.verify(source, { meter, expected }));
  const { damagedBlocks, damages, known } = result;
  console.result({ source, ...result, ...transferFields(meter) }, () => [
    ...damages.map(damageLine),
    damagedBlocks === 0
      ? `All blocks of ${source} match their ids, and their places match its root.`
      : damagedText(damagedBlocks, source),
    summaryText(meter, 'check'),
  ]);
  if (damagedBlocks > 0) {
    throw new ClientError('ObjectDamaged', damagedText(damagedBlocks, source), {
      source,
      damagedBlocks,
      known,
    });
  }
}

function damagedText(count: number, source: string): string {
  return count === 1 ? `One block of ${source} is damaged.` : `${count} blocks of ${source} are damaged.`;
}

function damageLine({ offsetBytes, objectId, reason }: DamagedBlock): string {
  return `Damaged at offset ${sizeText(offsetBytes)}: object ${objectId} (${reason})`;
}
