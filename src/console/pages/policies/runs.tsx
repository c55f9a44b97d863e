import { Link } from 'react-aria-components';
import {
  PolicyRunsDocument,
  type PolicyRunsQuery,
  PolicySlotsDocument,
  type PolicySlotsQuery,
} from '../../../generated/console-operations.ts';
import { useList } from '../../api/ask.ts';
import { useQueryState, useTo } from '../../app/places.ts';
import { useWords } from '../../i18n/words.ts';
import { SelectInput } from '../../ui/inputs.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Status } from '../../ui/status.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { None, Num, Time } from '../../ui/values.tsx';
import { words } from './words.ts';

type Run = NonNullable<PolicyRunsQuery['policy']>['runs']['nodes'][number];
type Slot = NonNullable<PolicySlotsQuery['policy']>['slots']['nodes'][number];

const PAGE = 200;
const NONE = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
const RESULTS = ['DONE', 'SKIPPED', 'FAILED'] as const;
const TONES = {
  DONE: 'ok',
  SKIPPED: 'warning',
  FAILED: 'danger',
  RUNNING: 'running',
  RETRYING: 'running',
  MISSED: 'danger',
} as const;

export function Runs({ id }: { readonly id: string }) {
  const say = useWords(words);
  const to = useTo();
  const [query, setQuery] = useQueryState();
  const result = RESULTS.find((each) => each === query.get('result'));
  const list = useList(
    PolicyRunsDocument,
    { id, first: PAGE, status: result === undefined ? null : [result] },
    { page: ({ policy }) => policy?.runs ?? NONE },
  );
  const columns: readonly Column<Run>[] = [
    { id: 'slot', title: say('slot'), narrow: 'first', cell: ({ slotAt }) => <Time at={slotAt} form="short" /> },
    {
      id: 'result',
      title: say('result'),
      narrow: 'first',
      cell: ({ status }) => <Status tone={TONES[status]}>{say(status)}</Status>,
    },
    {
      id: 'disk',
      title: say('disk'),
      width: '1.5fr',
      cell: ({ diskId }) => <Link href={to('disks', diskId)}>{diskId}</Link>,
    },
    {
      id: 'reason',
      title: say('reason'),
      width: '2fr',
      cell: ({ message, triedAgain }) =>
        message === null ? (
          <None />
        ) : (
          <span title={message}>
            {message} {triedAgain && say('again')}
          </span>
        ),
    },
    {
      id: 'snapshot',
      title: say('snapshot'),
      width: '1.5fr',
      narrow: 'never',
      cell: ({ snapshotId }) =>
        snapshotId === null ? <None /> : <Link href={to('snapshots', snapshotId)}>{snapshotId}</Link>,
    },
  ];
  return (
    <>
      <SelectInput
        label={say('result')}
        hideLabel
        value={result ?? 'ANY'}
        choices={[
          { value: 'ANY' as const, text: say('anyResult') },
          ...RESULTS.map((value) => ({ value, text: say(value) })),
        ]}
        onChange={(value) => setQuery({ result: value === 'ANY' ? undefined : value })}
      />
      <Table
        label={say('runs')}
        columns={columns}
        rows={list.nodes}
        idOf={({ slotAt, diskId }) => `${slotAt} ${diskId}`}
        nameOf={({ slotAt, diskId }) => `${diskId} ${slotAt}`}
        list={list}
        empty={<EmptyState title={say('noRuns')} />}
      />
    </>
  );
}

export function Slots({ id }: { readonly id: string }) {
  const say = useWords(words);
  const list = useList(
    PolicySlotsDocument,
    { id, first: PAGE },
    {
      page: ({ policy }) => policy?.slots ?? NONE,
      unsettled: ({ status }) => status === 'RUNNING' || status === 'RETRYING',
    },
  );
  const columns: readonly Column<Slot>[] = [
    { id: 'slot', title: say('slot'), narrow: 'first', cell: ({ slotAt }) => <Time at={slotAt} form="short" /> },
    {
      id: 'state',
      title: say('state'),
      narrow: 'first',
      cell: ({ status }) => <Status tone={TONES[status]}>{say(status)}</Status>,
    },
    { id: 'done', title: say('doneCount'), align: 'end', cell: ({ doneCount }) => <Num value={doneCount} /> },
    {
      id: 'skipped',
      title: say('skippedCount'),
      align: 'end',
      cell: ({ skippedCount }) => <Num value={skippedCount} />,
    },
    { id: 'failed', title: say('failedCount'), align: 'end', cell: ({ failedCount }) => <Num value={failedCount} /> },
  ];
  return (
    <Table
      label={say('slots')}
      columns={columns}
      rows={list.nodes}
      idOf={({ slotAt }) => slotAt}
      nameOf={({ slotAt }) => slotAt}
      list={list}
      empty={<EmptyState title={say('noRuns')} />}
    />
  );
}
