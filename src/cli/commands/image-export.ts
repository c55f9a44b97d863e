import { randomUUID } from 'node:crypto';
import type { Client } from '../../client/client.ts';
import { ClientError } from '../../client/errors.ts';
import type { ImageExport, OneExport } from '../../client/service/exports.ts';
import type { Plan } from '../asking/plan.ts';
import type { Command } from '../command.ts';
import { facts } from '../console.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { findImage } from '../lookup.ts';
import { type Line, state, when, whenKnown } from '../text.ts';
import { WATCH_OPTION } from '../watching.ts';
import { problemFact } from './background.ts';
import { cancelling, NO_WAIT_OPTION, progressText, showBegun, type TransferKind } from './image-transfer.ts';

const EXPORT_JSON =
  'an export: `id region imageId format status bucket key totalBytes doneBytes ' +
  'problem{code message since} createdAt finishedAt expiresAt downloadUrl`.';
const EXPORT_ARG = { name: 'EXPORT', summary: 'Id of the export.' };
const URL_SECONDS = 900;
const FORMATS = ['raw', 'qcow2'] as const;
const IN_API = { raw: 'RAW', qcow2: 'QCOW2' } as const;

async function findExport({ exports }: Client, id: string, ttlSeconds = URL_SECONDS): Promise<OneExport> {
  const found = await exports.get(id, ttlSeconds);
  if (found === null) throw new ClientError('NotFound', `Export ${id} does not exist.`, { id });
  return found;
}

const doneText = (found: ImageExport): string => progressText(found, KIND.beginning);

function exportLines(found: OneExport): Line[] {
  return facts([
    ['Export', found.id],
    ['Image', found.imageId],
    ['Region', found.region],
    ['Format', found.format],
    ['Status', state(found.status)],
    ['Done', doneText(found)],
    problemFact(found.problem),
    ['Bucket', found.bucket ?? 'that of the region'],
    ['Key', found.key],
    ['Created', when(found.createdAt)],
    ['Finished', whenKnown(found.finishedAt)],
    ['Deleted at', whenKnown(found.expiresAt)],
    ['URL', found.downloadUrl ?? undefined],
  ]);
}

export const imageExport: Command = {
  path: 'image export',
  summary: 'Have the service write an image as a file, and get a URL for it.',
  details: [
    'The service does it in the background. Ctrl-C leaves it running (image show-export, image ' +
      'cancel-export). The file lies in the bucket or folder of the region for 7 days.',
    '--to names another bucket, which the operator has opened to the account ' +
      '(VARVE_EXPORT_BUCKETS). The file stays there.',
    'An encrypted image is refused, as the service has no key. Make a disk of it, and use ' + 'disk export.',
    'A store in trouble delays the export. The exit code is 5 if a block of the image is damaged.',
  ],
  args: [{ name: 'IMAGE', summary: 'Id or name of the image.' }],
  options: [
    {
      name: 'format',
      takes: 'text',
      value: 'FORMAT',
      summary: 'qcow2, in which zeros take no room, or raw. Default: qcow2.',
      choices: FORMATS,
    },
    { name: 'to', takes: 'text', value: 'BUCKET', summary: 'Bucket. Default: that of the region.' },
    NO_WAIT_OPTION,
  ],
  examples: [{ does: 'A file for qemu', line: 'varve image export debian-12' }],
  json: EXPORT_JSON,
  run: async (context, input) => {
    const { region } = context;
    const client = await context.client();
    const image = await findImage(client, input.args[0] as string, region);
    const format = IN_API[input.choice('format', FORMATS) ?? 'qcow2'];
    const wanted = { imageId: image.id, format, bucket: input.text('to'), clientToken: randomUUID() };
    const { id } = await client.exports.begin(wanted);
    await showBegun(context, input, { kind: KIND, client, id });
  },
};

export const imageShowExport: Command = {
  path: 'image show-export',
  summary: 'Show an export, with a URL of its file.',
  details: ['Anybody who has the URL can read the file until it ends.'],
  args: [EXPORT_ARG],
  options: [
    {
      name: 'seconds',
      takes: 'count',
      value: 'NUMBER',
      summary: `How long the URL is good, 60–3600 s. Default: ${URL_SECONDS}.`,
    },
    WATCH_OPTION,
  ],
  examples: [
    {
      does: 'A URL for an hour',
      line: 'varve image show-export x-1k9f0c2mz4t8v6w3x5y7 --seconds 3600',
    },
  ],
  json: EXPORT_JSON,
  run: async ({ console, client: connect }, input) => {
    const found = await findExport(await connect(), input.args[0] as string, input.number('seconds'));
    console.result(found, () => exportLines(found));
  },
};

export const imageListExports: Command = {
  path: 'image list-exports',
  summary: 'List exports of images, newest first.',
  args: [],
  options: [
    {
      name: 'limit',
      takes: 'count',
      value: 'NUMBER',
      summary: 'The most to list. Default: 1000.',
    },
    ...LIST_OUTPUT,
  ],
  examples: [{ does: 'All of a region', line: 'varve image list-exports --region north' }],
  json: '`{exports: [export], more}`: as for `image export`, without `downloadUrl`.',
  run: async ({ console, client: connect, region }, input) => {
    const { exports } = await connect();
    const { nodes, more } = await exports.list({ region, limit: input.number('limit') ?? 1000 });
    showList(console, input, { of: 'exports', rows: nodes, more, columns: COLUMNS, empty: EMPTY });
  },
};

const EMPTY = 'No exports. varve image export begins one.';

const COLUMNS: readonly Column<ImageExport>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'IMAGE', spare: 3, cell: ({ imageId }) => imageId },
  { head: 'FORMAT', spare: 2, cell: ({ format }) => format },
  { head: 'STATUS', cell: ({ status }) => state(status) },
  { head: 'DONE', cell: doneText },
  { head: 'CREATED', spare: 1, cell: ({ createdAt }) => when(createdAt) },
];

function cancelPlan(found: OneExport): Plan {
  const { id, imageId, status } = found;
  return {
    doing: `end export ${id}`,
    goes: status === 'RUNNING' ? [`what is written of its file: ${doneText(found)}`] : [],
    stays: [`image ${imageId}`],
    back: `It cannot go on. It can begin again: varve image export ${imageId}`,
    refusals: [],
  };
}

const KIND: TransferKind<OneExport> = {
  noun: 'export',
  beginning: 'is being counted',
  find: findExport,
  lines: exportLines,
  cancel: ({ exports }, id) => exports.cancel(id),
  cancelPlan,
};

export const imageCancelExport = cancelling(
  {
    path: 'image cancel-export',
    summary: 'End an export that is under way. Nothing of its file stays.',
    args: [EXPORT_ARG],
    examples: [{ does: 'End it', line: 'varve image cancel-export x-1k9f0c2mz4t8v6w3x5y7' }],
  },
  KIND,
);
