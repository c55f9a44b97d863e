import { ClientError } from '../../client/errors.ts';
import type { Job, Quota } from '../../client/service/account.ts';
import type { JobKind, JobStatus, QuotaKind } from '../../generated/operations.ts';
import type { Command } from '../command.ts';
import { facts } from '../console.ts';
import { type Column, LIST_OUTPUT, showList, tableOf } from '../listing.ts';
import { findDiskId } from '../lookup.ts';
import { type Line, line, state, when } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import { WATCH_OPTION } from '../watching.ts';
import { choiceFilter } from './filters.ts';

export const serviceOpen: Command = {
  path: 'service open',
  summary: 'Switch snapshots on for a region by accepting the terms. Needed once.',
  details: ['The terms are shown first. Without --accept-terms nothing more is done.'],
  args: [],
  options: [{ name: 'accept-terms', takes: 'nothing', summary: 'Accept the terms in force.' }],
  examples: [{ does: 'Switch snapshots on', line: 'varve service open --accept-terms' }],
  json: '`{region, opened, openedAt, acceptedTerms, acceptedTermsText, currentTerms, currentTermsText}`.',
  run: async ({ console, client: connect, region }, input) => {
    const { account } = await connect();
    const before = await account.snapshotService(region);
    if (!before.opened) for (const line of before.currentTermsText.trimEnd().split('\n')) console.note(line);
    if (!before.opened && !input.has('accept-terms')) {
      throw new UsageError(`Add --accept-terms to accept the terms in force (${before.currentTerms}).`, 'service open');
    }
    const service = before.opened ? before : await account.openSnapshotService(before.currentTerms, region);
    console.result(service, () => [
      line`Snapshots are on in region ${service.region} since ${when(service.openedAt)}.`,
    ]);
  },
};

export const quotaList: Command = {
  path: 'quota list',
  summary: 'List the quotas, and how much of each is used.',
  args: [],
  options: [
    { name: 'disk', takes: 'text', value: 'DISK', summary: 'For quotas of each disk, show what this disk uses.' },
    ...LIST_OUTPUT,
  ],
  examples: [{ does: 'How many more snapshots a disk may have', line: 'varve quota list --disk web-root' }],
  json: '`{quotas: [{kind, region, limit, used, free}]}`.',
  run: async ({ console, client: connect, region }, input) => {
    const client = await connect();
    const disk = input.text('disk');
    const diskId = disk === undefined ? undefined : await findDiskId(client, disk, region);
    const quotas = await client.account.quotas({ region, diskId });
    showList(console, input, { of: 'quotas', rows: quotas, columns: QUOTA_COLUMNS, empty: 'No quotas.' });
  },
};

const QUOTA_KINDS: readonly QuotaKind[] = [
  'MANUAL_SNAPSHOTS_PER_DISK',
  'AUTO_SNAPSHOTS_PER_DISK',
  'POLICIES',
  'DISKS',
  'SCRUBS_AT_ONCE',
  'API_KEYS',
];

export const quotaSet: Command = {
  path: 'quota set',
  summary: 'Set a quota of the account in a region, up to the default. Needs the role ADMIN.',
  details: ['What exists already stays, even if it is more than the new limit.'],
  args: [
    { name: 'QUOTA', summary: 'Kind of the quota.', choices: QUOTA_KINDS },
    { name: 'LIMIT', summary: 'The new limit.' },
  ],
  options: [],
  examples: [
    { does: 'At most 50 snapshots by hand of each disk', line: 'varve quota set MANUAL_SNAPSHOTS_PER_DISK 50' },
  ],
  json: '`{kind, region, limit, used, free}`.',
  run: async ({ console, client: connect, region }, { args }) => {
    const [kind, text] = args as [QuotaKind, string];
    const limit = /^\d{1,9}$/.test(text) ? Number(text) : undefined;
    if (limit === undefined) throw new UsageError(`LIMIT must be a whole number, not '${text}'.`, 'quota set');
    const quota = await (await connect()).account.setQuota({ region, kind, limit });
    console.result(quota, () => tableOf(console, QUOTA_COLUMNS, [quota]));
  },
};

const QUOTA_COLUMNS: readonly Column<Quota>[] = [
  { head: 'QUOTA', cell: ({ kind }) => kind },
  { head: 'LIMIT', cell: ({ limit }) => String(limit) },
  { head: 'USED', cell: ({ used }) => String(used ?? '-'), plain: ({ used }) => used },
  { head: 'FREE', cell: ({ free }) => String(free ?? '-'), plain: ({ free }) => free },
];

const JOB_STATES: readonly JobStatus[] = ['PENDING', 'SUCCEEDED'];
const JOB_KINDS: readonly JobKind[] = ['DELETE_SNAPSHOT', 'ROLLBACK_DISK', 'RELEASE_DISK', 'REINITIALIZE_DISK'];

export const jobList: Command = {
  path: 'job list',
  summary: 'List background jobs, newest first.',
  args: [],
  options: [
    { name: 'disk', takes: 'text', value: 'DISK', summary: 'Only jobs of this disk (id or name).' },
    choiceFilter('status', JOB_STATES, 'jobs in this state'),
    choiceFilter('kind', JOB_KINDS, 'jobs of this kind'),
    { name: 'limit', takes: 'count', value: 'NUMBER', summary: 'The most to list. Default: 100.' },
    ...LIST_OUTPUT,
  ],
  examples: [{ does: 'What is under way', line: 'varve job list --status PENDING' }],
  json: '`{jobs: [job], more}`. Jobs as for `job show`.',
  run: async ({ console, client: connect, region }, input) => {
    const client = await connect();
    const disk = input.text('disk');
    const diskId = disk === undefined ? undefined : await findDiskId(client, disk, region);
    const [status, kind] = [input.choice('status', JOB_STATES), input.choice('kind', JOB_KINDS)];
    const filter = {
      diskId,
      ...(status !== undefined && { status: [status] }),
      ...(kind !== undefined && { kind: [kind] }),
    };
    const { nodes, more } = await client.account.jobs({ region, filter, limit: input.number('limit') ?? 100 });
    showList(console, input, { of: 'jobs', rows: nodes, more, columns: JOB_COLUMNS, empty: NO_JOBS });
  },
};

const NO_JOBS = 'No jobs. Deleting, releasing and rolling back leave work that is done as one.';

const JOB_COLUMNS: readonly Column<Job>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'KIND', cell: ({ kind }) => kind },
  { head: 'STATUS', cell: ({ status }) => state(status) },
  { head: 'DISK', spare: 1, cell: ({ diskId }) => diskId },
  { head: 'CREATED', spare: 2, cell: ({ createdAt }) => when(createdAt) },
];

export const jobShow: Command = {
  path: 'job show',
  summary: 'Show one background job.',
  args: [{ name: 'JOB', summary: 'Id of the job.' }],
  options: [WATCH_OPTION],
  examples: [{ does: 'Show a job', line: 'varve job show j-01k9f0c2mz4t8v6w3x5y' }],
  json: 'a job: `id region kind status diskId snapshotId createdAt`.',
  run: async ({ console, client: connect }, { args }) => {
    const id = args[0] as string;
    const job = await (await connect()).account.job(id);
    if (!job) throw new ClientError('NotFound', `There is no job '${id}'.`, { job: id });
    console.result(job, () =>
      facts([
        ['Job', job.id],
        ['Kind', job.kind],
        ['Status', state(job.status)],
        ['Disk', job.diskId],
        ['Snapshot', job.snapshotId ?? undefined],
        ['Created', when(job.createdAt)],
      ]),
    );
  },
};

export const status: Command = {
  path: 'status',
  summary: 'Show which service this is, whose API key is used, and in which regions snapshots are on.',
  args: [],
  options: [WATCH_OPTION],
  examples: [{ does: 'Is everything in place?', line: 'varve status' }],
  json:
    '`{endpoint, chosen{endpoint apiKey}, objectFolder, account{id name}, role, readOnly, ' +
    'deletionsHeldSince, regions: [{name, isDefault, snapshotService{opened openedAt}}]}`. `chosen` says ' +
    'what decided.',
  run: async ({ console, client: connect, endpoint, settings }) => {
    const { viewer, regions } = await (await connect()).account.status();
    const { objectFolder, chosen } = await settings();
    const value = {
      endpoint: await endpoint(),
      chosen,
      objectFolder: objectFolder?.dataDir ?? null,
      account: viewer.account,
      role: viewer.role,
      readOnly: viewer.readOnly ?? null,
      deletionsHeldSince: viewer.deletionsHeldSince,
      regions,
    };
    console.result(value, () => [
      ...facts([
        ['Endpoint', value.endpoint],
        ['Chosen by', chosen.endpoint],
        ['API key', `from ${chosen.apiKey}`],
        ['Objects', objectFolder ? `read and staged in ${objectFolder.dataDir} itself` : 'by URLs of the service'],
        ['Account', `${viewer.account.name} (${viewer.account.id})`],
        ['Role', viewer.role],
        ['Read-only', viewer.readOnly ?? undefined],
        ['Held', heldText(viewer.deletionsHeldSince)],
      ]),
      ...regions.map(({ name, isDefault, snapshotService }) => {
        const on = snapshotService.opened
          ? line`on since ${when(snapshotService.openedAt)}`
          : 'off (varve service open)';
        return line`Region ${name}${isDefault ? ' (default)' : ''}: snapshots ${on}`;
      }),
    ]);
  },
};

/** Rule 10.4. */
function heldText(since: string | null): Line | undefined {
  if (since === null) return undefined;
  const why = 'the clock is ahead of what explains it';
  return line`nothing is deleted because of time since ${when(since)}: ${why}`;
}
