import type { Client } from '../../client/client.ts';
import type { PolicyDisk } from '../../client/service/policies.ts';
import type { Command } from '../command.ts';
import { table } from '../console.ts';
import { findDiskId, findPolicy } from '../lookup.ts';
import { throwFirst } from '../refusals.ts';
import { POLICY_ARG } from './policy.ts';

const DISKS_ARG = { name: 'DISK', summary: 'Ids or names of disks, at most 100.', repeated: true };
const LEFT = ['disk stayed as it was', 'disks stayed as they were'] as const;
const MOST = 1000;
const EACH =
  'Each disk has its own result: one that is refused does not keep the others. The exit code is that of the first refusal.';

export const policyApply: Command = {
  path: 'policy apply',
  summary: 'Put disks under a policy; a disk has one, so another is replaced.',
  details: [
    'Snapshots are taken of disks that are IN_USE, that is attached to an instance or by varve attach; of others each run is recorded as\n' +
      'skipped (varve policy runs).',
    EACH,
  ],
  args: [POLICY_ARG, DISKS_ARG],
  options: [],
  examples: [{ does: 'Two disks', line: 'varve policy apply nightly web-root web-data' }],
  json: '`{results: [{diskId, applied, replacedPolicyId, error{code message}}]}`.',
  run: async ({ console, client: connect, region }, { args }) => {
    const [text, ...disks] = args;
    const client = await connect();
    const { id, name } = await findPolicy(client, text as string, region);
    const typed = await findDisks(client, disks, region);
    const results = await client.policies.apply(id, [...typed.keys()]);
    const states = console.json ? new Map<string, string>() : await statesUnder(client, id);
    console.result({ results }, () =>
      results.map(({ diskId, error, replacedPolicyId }) => {
        const disk = typed.get(diskId) ?? diskId;
        if (error) return refusedLine(disk, error);
        const before = replacedPolicyId === null ? '' : `, no longer under ${replacedPolicyId}`;
        return `${disk} is under ${name}${before}.${waiting(states.get(diskId))}`;
      }),
    );
    throwFirst(results, LEFT, ({ diskId }) => ({ diskId }));
  },
};

export const policyCancel: Command = {
  path: 'policy cancel',
  summary: 'Take disks from under their policies.',
  details: [EACH],
  args: [DISKS_ARG],
  options: [],
  examples: [{ does: 'One disk', line: 'varve policy cancel web-data' }],
  json: '`{results: [{diskId, cancelled, policyId, error{code message}}]}`.',
  run: async ({ console, client: connect, region }, { args }) => {
    const client = await connect();
    const typed = await findDisks(client, args, region);
    const results = await client.policies.cancel([...typed.keys()]);
    console.result({ results }, () =>
      results.map(({ diskId, error, policyId }) => {
        const disk = typed.get(diskId) ?? diskId;
        if (error) return refusedLine(disk, error);
        return policyId === null ? `${disk} was under no policy.` : `${disk} is no longer under ${policyId}.`;
      }),
    );
    throwFirst(results, LEFT, ({ diskId }) => ({ diskId }));
  },
};

export const policyDisks: Command = {
  path: 'policy disks',
  summary: 'List the disks under a policy, or those it could be applied to.',
  args: [POLICY_ARG],
  options: [
    { name: 'coverable', takes: 'nothing', summary: 'Those that it could be applied to, instead.' },
    { name: 'without-policy', takes: 'nothing', summary: 'Of those only disks that are under no policy.' },
    { name: 'limit', takes: 'count', value: 'NUMBER', summary: 'The most to list. Default: 1000.' },
  ],
  examples: [
    { does: 'What it covers', line: 'varve policy disks nightly' },
    { does: 'Disks that nothing protects', line: 'varve policy disks nightly --coverable --without-policy' },
  ],
  json: '`{disks: [{id name status policy{id name}}], more}`: `more` tells that the limit left some out.',
  run: async ({ console, client: connect, region }, input) => {
    const client = await connect();
    const { id } = await findPolicy(client, input.args[0] as string, region);
    const limit = input.number('limit') ?? 1000;
    const coverable = input.has('coverable') || input.has('without-policy');
    const { nodes, more } = coverable
      ? await client.policies.coverableDisks(id, limit, input.has('without-policy'))
      : await client.policies.disks(id, limit);
    if (more) console.note('There are more: raise --limit.');
    console.result({ disks: nodes, more }, () =>
      nodes.length === 0 ? ['No disks.'] : table(['ID', 'NAME', 'STATUS', 'POLICY'], nodes.map(row)),
    );
  },
};

/** The states of the disks under a policy, by their ids. */
async function statesUnder(client: Client, policyId: string): Promise<ReadonlyMap<string, string>> {
  const { nodes } = await client.policies.disks(policyId, MOST);
  return new Map(nodes.map(({ id, status }) => [id, status]));
}

/** Rule 5.3: which disks a run takes snapshots of. */
function waiting(status: string | undefined): string {
  return status === undefined || status === 'IN_USE' ? '' : ` It is ${status}: snapshots begin once it is attached.`;
}

/** Ids of disks, each with the word that it was named by. */
async function findDisks(
  client: Client,
  words: readonly string[],
  region: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const typed = new Map<string, string>();
  for (const word of words) typed.set(await findDiskId(client, word, region), word);
  return typed;
}

const row = ({ id, name, status, policy }: PolicyDisk) => [id, name, status, policy?.name ?? '-'];

function refusedLine(diskId: string, { code, message }: { readonly code: string; readonly message: string }): string {
  return `Left ${diskId} as it was: ${message} (${code})`;
}
