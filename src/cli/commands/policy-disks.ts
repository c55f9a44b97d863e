import type { Client } from '../../client/client.ts';
import type { Applied, Cancelled, PolicyDisk } from '../../client/service/policies.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { asking, decide } from '../asking/decide.ts';
import { called, diskOf, MOST_QUERIES } from '../asking/facts.ts';
import type { Plan } from '../asking/plan.ts';
import type { Command } from '../command.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { findDiskId, findPolicy } from '../lookup.ts';
import { findEach, type Named, refusalLine, resultsOf, throwFirst } from '../several.ts';
import { counted } from '../sizes.ts';
import { state } from '../text.ts';
import { MOST_DISKS, POLICY_ARG } from './policy.ts';

const DISKS_ARG = { name: 'DISK', summary: 'Ids or names of disks, at most 100.', repeated: true };
const LEFT = { noun: ['disk', 'disks'], verb: ['stayed as it was', 'stayed as they were'] } as const;
const EACH =
  'Each disk has its own result. The others are done even if one is refused or does not ' +
  'exist. The exit code is that of the first refusal.';

export const policyApply: Command = {
  path: 'policy apply',
  summary: 'Put disks under a policy. A disk has one policy, so it replaces another.',
  details: [
    'A policy takes snapshots of disks that are IN_USE: attached to an instance, or by varve ' +
      'attach. For any other disk each run is recorded as skipped (varve policy runs).',
    EACH,
  ],
  args: [POLICY_ARG, DISKS_ARG],
  options: [],
  examples: [{ does: 'Two disks', line: 'varve policy apply nightly web-root web-data' }],
  json: '`{results: [{diskId, applied, replacedPolicyId, diskStatus, error{code message}}]}`.',
  run: async ({ console, client: connect, region }, { args }) => {
    const [text, ...disks] = args;
    const client = await connect();
    const { id, name } = await findPolicy(client, text as string, region);
    const named = await findDisks(client, disks, region);
    const typed = wordsOf(named);
    const results = await resultsOf<Applied>(named, {
      act: (ids) => client.policies.apply(id, ids),
      refused: (diskId, error) => ({ diskId, applied: false, replacedPolicyId: null, diskStatus: null, error }),
    });
    console.result({ results }, () =>
      results.map(({ diskId, error, replacedPolicyId, diskStatus }) => {
        const disk = typed.get(diskId) ?? diskId;
        if (error) return refusalLine(error, `Left ${disk} as it was`);
        const before = replacedPolicyId === null ? '' : `, no longer under ${replacedPolicyId}`;
        return `${disk} is under ${name}${before}.${waiting(diskStatus)}`;
      }),
    );
    throwFirst(results, LEFT, ({ diskId }) => ({ diskId }));
  },
};

export const policyCancel: Command = asking({
  path: 'policy cancel',
  summary: 'Remove disks from their policies.',
  details: [EACH],
  args: [DISKS_ARG],
  options: [],
  examples: [{ does: 'One disk', line: 'varve policy cancel web-data' }],
  json: '`{results: [{diskId, cancelled, policyId, error{code message}}]}`.',
  run: async (context, input) => {
    const { console, client: connect, region } = context;
    const client = await connect();
    const named = await findDisks(client, input.args, region);
    if (!(await decide(context, input, () => cancelPlan(client, named)))) return;
    const typed = wordsOf(named);
    const results = await resultsOf<Cancelled>(named, {
      act: (ids) => client.policies.cancel(ids),
      refused: (diskId, error) => ({ diskId, cancelled: false, policyId: null, error }),
    });
    console.result({ results }, () =>
      results.map(({ diskId, error, policyId }) => {
        const disk = typed.get(diskId) ?? diskId;
        if (error) return refusalLine(error, `Left ${disk} as it was`);
        return policyId === null ? `${disk} was under no policy.` : `${disk} is no longer under ${policyId}.`;
      }),
    );
    throwFirst(results, LEFT, ({ diskId }) => ({ diskId }));
  },
});

async function cancelPlan(client: Client, named: readonly Named[]): Promise<Plan> {
  const ids = named.flatMap((one) => ('id' in one ? [one.id] : []));
  const disks = await mapBounded(ids, MOST_QUERIES, (id) => diskOf(client, id).catch(() => undefined));
  const covered = disks.flatMap((disk) => (disk?.policy ? [{ disk, policy: disk.policy }] : []));
  const [first] = covered;
  return {
    doing: `remove ${counted(ids.length, 'disk')} from their policies`,
    goes: covered.map(({ disk, policy }) => `snapshots of disk ${called(disk)} by ${called(policy)}`),
    stays: ['the snapshots that were made, until their own retention ends'],
    back: `At any time: varve policy apply ${first?.policy.id ?? 'POLICY'} ${first?.disk.id ?? 'DISK'}`,
    refusals: named.flatMap((one) => ('error' in one ? [one.error.message] : [])),
  };
}

export const policyDisks: Command = {
  path: 'policy disks',
  summary: 'List the disks under a policy, or the disks that could come under it.',
  args: [POLICY_ARG],
  options: [
    { name: 'coverable', takes: 'nothing', summary: 'List the disks that could come under it instead.' },
    { name: 'without-policy', takes: 'nothing', summary: 'List only those of them that are under no policy.' },
    { name: 'limit', takes: 'count', value: 'NUMBER', summary: 'The most to list. Default: 1000.' },
    ...LIST_OUTPUT,
  ],
  examples: [
    { does: 'What it covers', line: 'varve policy disks nightly' },
    { does: 'Disks that nothing protects', line: 'varve policy disks nightly --coverable --without-policy' },
  ],
  json: '`{disks: [{id name status policy{id name}}], more}`: `more` says that the limit left some out.',
  run: async ({ console, client: connect, region }, input) => {
    const client = await connect();
    const { id } = await findPolicy(client, input.args[0] as string, region);
    const limit = input.number('limit') ?? MOST_DISKS;
    const coverable = input.has('coverable') || input.has('without-policy');
    const { nodes, more } = coverable
      ? await client.policies.coverableDisks(id, limit, input.has('without-policy'))
      : await client.policies.disks(id, limit);
    showList(console, input, { of: 'disks', rows: nodes, more, columns: COLUMNS, empty: EMPTY });
  },
};

/** Rule 5.3: which disks a run takes snapshots of. */
function waiting(status: string | null): string {
  return status === null || status === 'IN_USE' ? '' : ` It is ${status}: snapshots begin once it is attached.`;
}

function findDisks(client: Client, words: readonly string[], region: string | undefined): Promise<readonly Named[]> {
  return findEach(words, (word) => findDiskId(client, word, region));
}

/** How each id was named. */
function wordsOf(named: readonly Named[]): ReadonlyMap<string, string> {
  return new Map(named.flatMap((one) => ('id' in one ? [[one.id, one.word]] : [])));
}

const EMPTY = 'No disks. varve policy apply puts disks under the policy.';

const COLUMNS: readonly Column<PolicyDisk>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'NAME', isCut: true, cell: ({ name }) => name },
  { head: 'STATUS', cell: ({ status }) => state(status) },
  { head: 'POLICY', spare: 1, cell: ({ policy }) => policy?.name ?? '-' },
];
