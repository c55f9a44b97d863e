import { randomUUID } from 'node:crypto';
import type { Client } from '../../client/client.ts';
import type { Image } from '../../client/service/images.ts';
import { asking, decide } from '../asking/decide.ts';
import { backFromTrash, called } from '../asking/facts.ts';
import type { Plan } from '../asking/plan.ts';
import type { Command, Input } from '../command.ts';
import { facts } from '../console.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { findImage, findSnapshot } from '../lookup.ts';
import { formatSize } from '../sizes.ts';
import { type Line, when } from '../text.ts';
import { unreadableText } from '../unreadable-lines.ts';
import { WATCH_OPTION } from '../watching.ts';
import { DESCRIPTION_CHANGE_OPTIONS, DESCRIPTION_OPTION, descriptionChange } from './description.ts';
import {
  BY_TIME_OR_NAME,
  commonFilterIn,
  commonFilters,
  FILTERS,
  orderIn,
  orderOptions,
  refuseTogether,
} from './filters.ts';
import { requireChange } from './require-change.ts';
import { parseTags, TAG_CHANGE_OPTIONS, TAG_OPTION, tagChange } from './tags.ts';
import { trashHint } from './trash-hint.ts';

export const IMAGE_JSON =
  'an image: `id region name description ownerAccountId owned snapshotId diskKind sizeBytes ' +
  'encrypted encryption{keyId} root ' +
  'sharedWith tags[key value] createdAt unreadable{count bytes}`.';
const IMAGE_ARG = { name: 'IMAGE', summary: 'Id or name of the image.' };
const ACCOUNTS_ARG = { name: 'ACCOUNT', summary: 'Ids of accounts.', repeated: true };

export function imageLines(image: Image): Line[] {
  return facts([
    ['Image', image.id],
    ['Name', image.name],
    ['Description', image.description ?? undefined],
    ['Size', `${formatSize(image.sizeBytes)} (${image.sizeBytes} bytes)`],
    ['Region', image.region],
    ['Of', `a ${image.diskKind} disk`],
    ['Owner', image.owned ? 'this account' : image.ownerAccountId],
    ['Snapshot', image.snapshotId ?? undefined],
    ['Encrypted', image.encryption ? `yes, key ${image.encryption.keyId}` : 'no'],
    ['Shared with', image.sharedWith.join(', ') || undefined],
    ['Root', image.root],
    ['Created', when(image.createdAt)],
    ['Unreadable', unreadableText(image.unreadable)],
    ['Tags', image.tags.map(({ key, value }) => `${key}=${value}`).join(', ') || undefined],
  ]);
}

export const imageCreate: Command = {
  path: 'image create',
  summary: 'Make an image of a snapshot. It is there at once, whatever its size.',
  args: [
    { name: 'SNAPSHOT', summary: 'Id or name of the snapshot.' },
    { name: 'NAME', summary: 'Name of the image: 2–128 characters, first a letter. Default: its id.', optional: true },
  ],
  options: [DESCRIPTION_OPTION, TAG_OPTION],
  examples: [{ does: 'An image that instances can start from', line: 'varve image create golden debian-12' }],
  json: IMAGE_JSON,
  run: async ({ console, client: connect, region }, input) => {
    const client = await connect();
    const image = await client.images.create({
      snapshotId: (await findSnapshot(client, input.args[0] as string, region)).id,
      name: input.args[1],
      description: input.text('description'),
      tags: parseTags(input.texts('tag')),
      clientToken: randomUUID(),
    });
    console.result(image, () => imageLines(image));
  },
};

export const imageList: Command = {
  path: 'image list',
  summary: 'List images, newest first; with --name, by name.',
  details: [FILTERS],
  args: [],
  options: [
    ...commonFilters('images'),
    {
      name: 'snapshot',
      takes: 'text',
      value: 'SNAPSHOT',
      summary: 'Only images of this snapshot (id or name).',
    },
    { name: 'encrypted', takes: 'nothing', summary: 'Only encrypted images.' },
    { name: 'shared', takes: 'nothing', summary: 'Only images that are shared with others.' },
    {
      name: 'shared-with-me',
      takes: 'nothing',
      summary: 'List those of other accounts, which share them with this one. --name alone filters.',
    },
    ...orderOptions(BY_TIME_OR_NAME),
    { name: 'limit', takes: 'count', value: 'NUMBER', summary: 'The most to list. Default: 1000.' },
    ...LIST_OUTPUT,
  ],
  examples: [{ does: 'What others share', line: 'varve image list --shared-with-me' }],
  json: '`{images: [image], more}`: `more` says that the limit left some out. Images as for `image show`.',
  run: async ({ console, client: connect, region }, input) => {
    refuseTogether(input, 'shared-with-me', OF_OWN_IMAGES, 'image list');
    const client = await connect();
    const limit = input.number('limit') ?? 1000;
    const name = input.text('name');
    const orderBy = orderIn(input, BY_TIME_OR_NAME, name === undefined ? 'created' : 'name');
    const listed = input.has('shared-with-me')
      ? await client.images.listShared({ region, limit })
      : await client.images.list({ region, limit, orderBy, filter: await filterOf(client, input, region) });
    const nodes = listed.nodes.filter((image) => name === undefined || image.name.startsWith(name));
    const { more } = listed;
    showList(console, input, { of: 'images', rows: nodes, more, columns: COLUMNS, empty: EMPTY });
  },
};

const OF_OWN_IMAGES = [
  ...['tag', 'created-from', 'created-before', 'snapshot', 'encrypted', 'shared', 'sort', 'reverse'],
] as const;

async function filterOf(client: Client, input: Input, region: string | undefined) {
  const snapshot = input.text('snapshot');
  return {
    ...commonFilterIn(input, 'image list'),
    snapshotId: snapshot === undefined ? undefined : (await findSnapshot(client, snapshot, region)).id,
    ...(input.has('encrypted') && { encrypted: true }),
    ...(input.has('shared') && { shared: true }),
  };
}

const EMPTY = 'No images. varve image create makes one of a snapshot.';

const COLUMNS: readonly Column<Image>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'NAME', isCut: true, cell: ({ name }) => name },
  { head: 'SIZE', cell: ({ sizeBytes }) => formatSize(sizeBytes), plain: ({ sizeBytes }) => sizeBytes },
  { head: 'OF', spare: 2, cell: ({ diskKind }) => diskKind },
  { head: 'OWNER', spare: 3, cell: ({ owned, ownerAccountId }) => (owned ? '-' : ownerAccountId) },
  { head: 'CREATED', spare: 1, cell: ({ createdAt }) => when(createdAt) },
];

export const imageShow: Command = {
  path: 'image show',
  summary: 'Show one image.',
  args: [IMAGE_ARG],
  options: [WATCH_OPTION],
  examples: [{ does: 'Show an image by its name', line: 'varve image show debian-12' }],
  json: IMAGE_JSON,
  run: async ({ console, client: connect, region }, { args }) => {
    const image = await findImage(await connect(), args[0] as string, region);
    console.result(image, () => imageLines(image));
  },
};

export const imageUpdate: Command = {
  path: 'image update',
  summary: 'Change an image’s name, description or tags.',
  args: [IMAGE_ARG],
  options: [
    { name: 'name', takes: 'text', value: 'NAME', summary: 'A new name.' },
    ...DESCRIPTION_CHANGE_OPTIONS,
    ...TAG_CHANGE_OPTIONS,
  ],
  examples: [
    { does: 'Rename an image', line: 'varve image update debian-12 --name debian-12-old' },
    { does: 'Remove its description', line: 'varve image update debian-12-old --no-description' },
  ],
  json: IMAGE_JSON,
  run: async ({ console, client: connect, region }, input) => {
    requireChange(input, imageUpdate);
    const description = descriptionChange(input, 'image update');
    const tags = tagChange(input, 'image update');
    const client = await connect();
    const { id: imageId } = await findImage(client, input.args[0] as string, region);
    const name = input.text('name');
    const image = await client.images.update({ imageId, name, description, ...tags });
    console.result(image, () => imageLines(image));
  },
};

export const imageDelete: Command = asking({
  path: 'image delete',
  summary: 'Delete an image. It is shared with nobody any more.',
  details: [
    'Disks that were made from it still work, but can no longer be reinitialised.',
    'trash restore brings it back for the time that the account sets, with its shares.',
  ],
  args: [IMAGE_ARG],
  options: [],
  examples: [{ does: 'Delete an image', line: 'varve image delete debian-12-old' }],
  json: '`{imageId, restorableUntil}`.',
  run: async (context, input) => {
    const { console, client: connect, region } = context;
    const client = await connect();
    const image = await findImage(client, input.args[0] as string, region);
    const { id, sharedWith } = image;
    const plan = async () => ({
      doing: `delete image ${called(image)}`,
      goes: [`the image, ${formatSize(image.sizeBytes)}`, ...(sharedWith ?? []).map((to) => `its share with ${to}`)],
      stays: [`snapshot ${image.snapshotId}, and the disks that were made from the image`],
      back: await backFromTrash(client, id),
      refusals: [],
    });
    if (!(await decide(context, input, plan))) return;
    const deleted = await client.images.delete(id);
    console.result(deleted, () => [`Deleted image ${id}.`, ...trashHint(id, deleted.restorableUntil)]);
  },
});

function sharing(word: 'share' | 'unshare', summary: string, does: string): Command {
  const command: Command = {
    path: `image ${word}`,
    summary,
    details: ['It is one change of the image: if one account is refused, nothing changes for the others.'],
    args: [IMAGE_ARG, ACCOUNTS_ARG],
    options: [],
    examples: [{ does, line: `varve image ${word} debian-12 team-b` }],
    json: IMAGE_JSON,
    run: async (context, input) => {
      const { console, client: connect, region } = context;
      const [text, ...accountIds] = input.args;
      const client = await connect();
      const found = await findImage(client, text as string, region);
      if (word === 'unshare' && !(await decide(context, input, () => unsharePlan(found, accountIds)))) return;
      const imageId = found.id;
      const image = await client.images[word]({ imageId, accountIds });
      console.result(image, () => imageLines(image));
    },
  };
  return word === 'unshare' ? asking(command) : command;
}

function unsharePlan(image: Image, accountIds: readonly string[]): Plan {
  const { sharedWith } = image;
  return {
    doing: `stop sharing image ${called(image)} with ${accountIds.join(', ')}`,
    goes: accountIds.filter((id) => sharedWith?.includes(id)).map((id) => `its use by ${id}`),
    stays: ['the image, and the disks that others have made from it'],
    back: `At any time: varve image share ${image.id} ${accountIds.join(' ')}`,
    refusals: [],
  };
}

export const imageShare = sharing('share', 'Share an image with other accounts.', 'Let another account use an image');
export const imageUnshare = sharing('unshare', 'Stop sharing an image with other accounts.', 'Stop sharing it');
