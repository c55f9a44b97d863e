import { randomUUID } from 'node:crypto';
import type { Client } from '../../client/client.ts';
import type { Instance, InstanceDiskSpec } from '../../client/service/instances.ts';
import { asking, decide } from '../asking/decide.ts';
import { releasePlan, replacePlan } from '../asking/instance-plans.ts';
import type { Command, Context, Input, OptionSpec } from '../command.ts';
import { findImageId, findInstance, findPolicyId, findSnapshot } from '../lookup.ts';
import { parseSize } from '../sizes.ts';
import { UsageError } from '../usage-error.ts';
import { encryptionKeyId } from './disk-create.ts';
import { INSTANCE_JSON, instanceLines } from './instance-show.ts';
import { oppositeFlags } from './opposite-flags.ts';
import { requireChange } from './require-change.ts';
import { parseTags, TAG_CHANGE_OPTIONS, TAG_OPTION, tagChange } from './tags.ts';

const INSTANCE_ARG = { name: 'INSTANCE', summary: 'Id or name of the instance.' };

const SYSTEM_DISK_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'image',
    takes: 'text',
    value: 'IMAGE',
    summary: 'Id or name of the image that the system disk is made from.',
  },
  {
    name: 'snapshot',
    takes: 'text',
    value: 'SNAPSHOT',
    summary: 'Id or name of the snapshot that the system disk is made from.',
  },
  {
    name: 'system-size',
    takes: 'size',
    value: 'SIZE',
    summary: 'Size of the system disk. Needed if it is empty.',
  },
  {
    name: 'encrypted',
    takes: 'nothing',
    summary: 'Encrypt the system disk under the key named local, or under the key of --key.',
  },
  { name: 'key', takes: 'text', value: 'ID', summary: 'Encrypt the system disk under this key.' },
];

async function systemDisk(
  client: Client,
  input: Input,
  { region, path }: { readonly region: string | undefined; readonly path: string },
): Promise<InstanceDiskSpec> {
  const image = input.text('image');
  const from = input.text('snapshot');
  if (image !== undefined && from !== undefined) throw new UsageError('Give --image or --snapshot, not both.', path);
  return {
    sizeBytes: input.number('system-size'),
    imageId: image === undefined ? undefined : await findImageId(client, image, region),
    snapshotId: from === undefined ? undefined : (await findSnapshot(client, from, region)).id,
    encryptionKeyId: encryptionKeyId(input),
  };
}

interface DataDisk {
  readonly name?: string;
  readonly sizeBytes: number;
  readonly policy?: string;
}

/**
 * Names of disks may have colons. Names and ids of policies begin with a letter, so that none is
 * taken for a size.
 */
function dataDisk(text: string): DataDisk {
  const parts = text.split(':');
  const policy = parts.length > 1 && parseSize(parts.at(-1) as string) === undefined ? parts.pop() : undefined;
  const sizeBytes = parseSize(parts.pop() as string);
  if (sizeBytes === undefined || policy === '') {
    const forms = 'SIZE, NAME:SIZE or NAME:SIZE:POLICY, such as logs:20G or logs:20G:nightly';
    throw new UsageError(`--data-disk '${text}' must be ${forms}.`, 'instance create');
  }
  const name = parts.length === 0 ? {} : { name: parts.join(':') };
  return { ...name, sizeBytes, ...(policy === undefined ? {} : { policy }) };
}

export const instanceCreate: Command = {
  path: 'instance create',
  summary: 'Create an instance and its disks, all of them or none.',
  details: [
    'An image of another account, or --encrypted or --key with a plain image or snapshot, ' +
      'needs a copy. disk create makes it: make a disk, take a snapshot of the disk, and give ' +
      'that as --snapshot.',
  ],
  args: [
    {
      name: 'NAME',
      summary: 'Name of the instance: 2–128 characters, first a letter. Default: its id.',
      optional: true,
    },
  ],
  options: [
    ...SYSTEM_DISK_OPTIONS,
    {
      name: 'data-disk',
      takes: 'text',
      value: '[NAME:]SIZE[:POLICY]',
      summary:
        'An empty data disk, with its own policy if one is given. May be repeated. Attach existing disks afterwards.',
      repeated: true,
    },
    {
      name: 'policy',
      takes: 'text',
      value: 'POLICY',
      summary: 'Id or name of the snapshot policy for all its disks that have no other.',
    },
    {
      name: 'system-policy',
      takes: 'text',
      value: 'POLICY',
      summary: 'Id or name of the snapshot policy for the system disk.',
    },
    { name: 'keep-data-disks', takes: 'nothing', summary: 'Keep the data disks when the instance is released.' },
    { name: 'stopped', takes: 'nothing', summary: 'Do not start it: it is STOPPED.' },
    { name: 'protect', takes: 'nothing', summary: 'Refuse to release it until instance update --unprotect.' },
    TAG_OPTION,
  ],
  examples: [
    { does: 'An instance from an image', line: 'varve instance create web --image debian-12 --data-disk logs:20G' },
    { does: 'An empty one, at rest', line: 'varve instance create web --system-size 40G --stopped' },
    {
      does: 'A policy for all disks but one',
      line:
        'varve instance create db --image debian-12 --policy nightly --data-disk log:20G ' +
        '--data-disk data:100G:hourly',
    },
  ],
  json: INSTANCE_JSON,
  run: async ({ console, client: connect, region }, input) => {
    const deleteWithInstance = !input.has('keep-data-disks');
    const described = input.texts('data-disk').map(dataDisk);
    if (!['image', 'snapshot', 'system-size'].some((name) => input.has(name))) {
      throw new UsageError('Give --image, --snapshot or --system-size for the system disk.', 'instance create');
    }
    const client = await connect();
    const policyIdOf = (text: string | undefined) => findPolicyId(client, text ?? input.text('policy'), region);
    const dataDisks: InstanceDiskSpec[] = [];
    for (const { policy, ...disk } of described) {
      dataDisks.push({ ...disk, deleteWithInstance, policyId: await policyIdOf(policy) });
    }
    const policyId = await policyIdOf(input.text('system-policy'));
    const instance = await client.instances.create({
      region,
      name: input.args[0],
      systemDisk: { ...(await systemDisk(client, input, { region, path: 'instance create' })), policyId },
      dataDisks,
      start: !input.has('stopped'),
      deletionProtection: input.has('protect'),
      tags: parseTags(input.texts('tag')),
      clientToken: randomUUID(),
    });
    console.result(instance, () => instanceLines(instance));
  },
};

export const instanceUpdate: Command = {
  path: 'instance update',
  summary: 'Change an instance’s name, protection or tags.',
  args: [INSTANCE_ARG],
  options: [
    { name: 'name', takes: 'text', value: 'NAME', summary: 'A new name.' },
    { name: 'protect', takes: 'nothing', summary: 'Refuse to release it from now on.' },
    { name: 'unprotect', takes: 'nothing', summary: 'Allow its release again.' },
    ...TAG_CHANGE_OPTIONS,
  ],
  examples: [{ does: 'Allow the release of an instance', line: 'varve instance update web --unprotect' }],
  json: INSTANCE_JSON,
  run: async ({ console, client: connect, region }, input) => {
    requireChange(input, instanceUpdate);
    const deletionProtection = oppositeFlags(input, ['protect', 'unprotect'], 'instance update');
    const tags = tagChange(input, 'instance update');
    const client = await connect();
    const { id } = await findInstance(client, input.args[0] as string, region);
    const instance = await client.instances.update({
      instanceId: id,
      name: input.text('name'),
      deletionProtection,
      ...tags,
    });
    console.result(instance, () => instanceLines(instance));
  },
};

/** A command that brings an instance into another state and shows it. */
function switching(word: 'start' | 'stop', summary: string): Command {
  return {
    path: `instance ${word}`,
    summary,
    args: [INSTANCE_ARG],
    options: [],
    examples: [{ does: `${word === 'start' ? 'Start' : 'Stop'} an instance`, line: `varve instance ${word} web` }],
    json: INSTANCE_JSON,
    run: async ({ console, client: connect, region }: Context, { args }: Input) => {
      const client = await connect();
      const { id } = await findInstance(client, args[0] as string, region);
      const instance: Instance = await client.instances[word](id);
      console.result(instance, () => instanceLines(instance));
    },
  };
}

export const instanceStart = switching('start', 'Start a STOPPED instance.');
export const instanceStop = switching(
  'stop',
  'Stop a RUNNING instance, so that its disks can be rolled back or replaced.',
);

export const instanceRelease: Command = asking({
  path: 'instance release',
  summary: 'Release a STOPPED instance for good, and its system disk.',
  details: [
    'Data disks that are marked for it are released too. The others are detached and stay. ' +
      'Manual snapshots always stay. trash restore brings disks back, not the instance.',
  ],
  args: [INSTANCE_ARG],
  options: [],
  examples: [{ does: 'Release an instance', line: 'varve instance release web' }],
  json: '`{instanceId, releasedDiskIds, detachedDiskIds}`.',
  run: async (context, input) => {
    const { console, client: connect, region } = context;
    const client = await connect();
    const instance = await findInstance(client, input.args[0] as string, region);
    const { id } = instance;
    if (!(await decide(context, input, () => releasePlan(client, instance)))) return;
    const released = await client.instances.release(id);
    console.result(released, () => [
      `Released instance ${id}.`,
      ...released.releasedDiskIds.map((disk) => `Released with it: disk ${disk}`),
      ...released.detachedDiskIds.map((disk) => `Detached: disk ${disk}`),
    ]);
  },
});

export const instanceReplaceSystemDisk: Command = asking({
  path: 'instance replace-system-disk',
  summary: 'Give a STOPPED instance a new system disk and release the old one.',
  details: ['Snapshots of the old system disk cannot roll the new one back. They can still make disks and images.'],
  args: [INSTANCE_ARG],
  options: [
    ...SYSTEM_DISK_OPTIONS,
    {
      name: 'policy',
      takes: 'text',
      value: 'POLICY',
      summary: 'Id or name of the snapshot policy for the new disk. Default: none.',
    },
  ],
  examples: [
    {
      does: 'Start afresh from an image',
      line: 'varve instance replace-system-disk web --image debian-12 --policy nightly',
    },
  ],
  json: '`{instance, releasedDiskId}`: the instance as for `instance show`.',
  run: async (context, input) => {
    const { console, client: connect, region } = context;
    const client = await connect();
    const instance = await findInstance(client, input.args[0] as string, region);
    const instanceId = instance.id;
    const policyId = await findPolicyId(client, input.text('policy'), region);
    const path = 'instance replace-system-disk';
    const disk = { ...(await systemDisk(client, input, { region, path })), policyId };
    if (!(await decide(context, input, () => replacePlan(client, instance)))) return;
    const done = await client.instances.replaceSystemDisk({ instanceId, systemDisk: disk, clientToken: randomUUID() });
    console.result(done, () => [...instanceLines(done.instance), `Released: disk ${done.releasedDiskId}`]);
  },
});
