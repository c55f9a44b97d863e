import { randomUUID } from 'node:crypto';
import type { Client } from '../../client/client.ts';
import { ClientError } from '../../client/errors.ts';
import type { ImageImport } from '../../client/service/imports.ts';
import type { Plan } from '../asking/plan.ts';
import type { Command } from '../command.ts';
import { facts } from '../console.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { type Line, state, when, whenKnown } from '../text.ts';
import { WATCH_OPTION } from '../watching.ts';
import { problemFact } from './background.ts';
import { cancelling, NO_WAIT_OPTION, progressText, showBegun, type TransferKind } from './image-transfer.ts';
import { parseTags, TAG_OPTION } from './tags.ts';

const IMPORT_JSON =
  'an import: `id region status bucket key format name fileBytes totalBytes doneBytes imageId ' +
  'snapshotId problem{code message since} createdAt finishedAt`.';
const IMPORT_ARG = { name: 'IMPORT', summary: 'Id of the import.' };
const FORMATS = ['raw', 'qcow2', 'vmdk', 'vhd', 'vhdx'] as const;
const IN_API = { raw: 'RAW', qcow2: 'QCOW2', vmdk: 'VMDK', vhd: 'VHD', vhdx: 'VHDX' } as const;
const KINDS = ['SYSTEM', 'DATA'] as const;

async function findImport({ imports }: Client, id: string): Promise<ImageImport> {
  const found = await imports.get(id);
  if (found === null) throw new ClientError('NotFound', `Import ${id} does not exist.`, { id });
  return found;
}

const doneText = (found: ImageImport): string => progressText(found, KIND.beginning);

function importLines(found: ImageImport): Line[] {
  return facts([
    ['Import', found.id],
    ['Region', found.region],
    ['Bucket', found.bucket ?? 'that of the region'],
    ['Key', found.key],
    ['Format', found.format ?? undefined],
    ['Status', state(found.status)],
    ['Done', doneText(found)],
    problemFact(found.problem),
    ['Image', found.imageId ?? undefined],
    ['Snapshot', found.snapshotId ?? undefined],
    ['Created', when(found.createdAt)],
    ['Finished', whenKnown(found.finishedAt)],
  ]);
}

export const imageImportStored: Command = {
  path: 'image import-stored',
  summary: 'Have the service make an image from a file that lies in a bucket.',
  details: [
    'The service does it in the background. Ctrl-C leaves it running (image show-import, image ' +
      'cancel-import). The image appears when it is whole, with a snapshot that it is made of.',
    'Without --from the file lies in the bucket or folder of the region. Its key begins with ' +
      'imports/ or exports/ and the id of the account. --from names another bucket, which the ' +
      'operator has opened to the account (VARVE_IMPORT_BUCKETS).',
    'A file that is replaced meanwhile ends the import. A store in trouble delays it. The exit ' +
      'code is 5 if the file is damaged.',
    'The contents are plain, as the service has no key. For an encrypted image use image import.',
  ],
  args: [{ name: 'KEY', summary: 'Key of the file.' }],
  options: [
    { name: 'from', takes: 'text', value: 'BUCKET', summary: 'Default: that of the region.' },
    {
      name: 'format',
      takes: 'text',
      value: 'FORMAT',
      summary: 'raw, qcow2, vmdk, vhd or vhdx. Default: what contents and key say, if they agree.',
      choices: FORMATS,
    },
    { name: 'name', takes: 'text', value: 'NAME', summary: 'Name of the image. Default: its id.' },
    {
      name: 'kind',
      takes: 'text',
      value: 'KIND',
      summary: 'SYSTEM or DATA: what disks of it are for. Default: DATA.',
      choices: KINDS,
    },
    TAG_OPTION,
    NO_WAIT_OPTION,
  ],
  examples: [
    {
      does: 'From a bucket of the operator’s',
      line: 'varve image import-stored images/debian-12.qcow2 --from golden --name debian-12',
    },
  ],
  json: IMPORT_JSON,
  run: async (context, input) => {
    const { region } = context;
    const client = await context.client();
    const said = input.choice('format', FORMATS);
    const { id } = await client.imports.begin({
      region,
      from: { key: input.args[0] as string, bucket: input.text('from') },
      format: said && IN_API[said],
      name: input.text('name'),
      diskKind: input.choice('kind', KINDS) ?? 'DATA',
      tags: parseTags(input.texts('tag')),
      clientToken: randomUUID(),
    });
    await showBegun(context, input, { kind: KIND, client, id });
  },
};

export const imageShowImport: Command = {
  path: 'image show-import',
  summary: 'Show an import from a bucket.',
  args: [IMPORT_ARG],
  options: [WATCH_OPTION],
  examples: [{ does: 'How far it is', line: 'varve image show-import im-1k9f0c2mz4t8v6w3x5y7' }],
  json: IMPORT_JSON,
  run: async ({ console, client: connect }, { args }) => {
    const found = await findImport(await connect(), args[0] as string);
    console.result(found, () => importLines(found));
  },
};

export const imageListImports: Command = {
  path: 'image list-imports',
  summary: 'List imports of images from buckets, newest first.',
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
  examples: [{ does: 'All of a region', line: 'varve image list-imports --region north' }],
  json: '`{imports: [import], more}`: as for `image import-stored`.',
  run: async ({ console, client: connect, region }, input) => {
    const { imports } = await connect();
    const { nodes, more } = await imports.list({ region, limit: input.number('limit') ?? 1000 });
    showList(console, input, { of: 'imports', rows: nodes, more, columns: COLUMNS, empty: EMPTY });
  },
};

const EMPTY = 'No imports. varve image import-stored begins one.';

const COLUMNS: readonly Column<ImageImport>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'KEY', spare: 3, cell: ({ key }) => key },
  { head: 'STATUS', cell: ({ status }) => state(status) },
  { head: 'DONE', cell: doneText },
  { head: 'IMAGE', spare: 2, cell: ({ imageId }) => imageId ?? '' },
  { head: 'CREATED', spare: 1, cell: ({ createdAt }) => when(createdAt) },
];

function cancelPlan(found: ImageImport): Plan {
  const { id, key, status } = found;
  return {
    doing: `end import ${id}`,
    goes: status === 'RUNNING' ? [`what is read of its file: ${doneText(found)}`] : [],
    stays: [`the file ${key}`],
    back: `It cannot go on. It can begin again: varve image import-stored ${key}`,
    refusals: [],
  };
}

const KIND: TransferKind<ImageImport> = {
  noun: 'import',
  beginning: 'is being opened',
  find: findImport,
  lines: importLines,
  cancel: ({ imports }, id) => imports.cancel(id),
  cancelPlan,
};

export const imageCancelImport = cancelling(
  {
    path: 'image cancel-import',
    summary: 'End an import that is under way. Nothing of its contents stays.',
    args: [IMPORT_ARG],
    examples: [{ does: 'End it', line: 'varve image cancel-import im-1k9f0c2mz4t8v6w3x5y7' }],
  },
  KIND,
);
