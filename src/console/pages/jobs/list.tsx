import { Link } from 'react-aria-components';
import { JobListDocument, type JobListQuery } from '../../../generated/console-operations.ts';
import { useList } from '../../api/ask.ts';
import { useQueryState, useRegion, useTo } from '../../app/places.ts';
import { useWords } from '../../i18n/words.ts';
import { Actions, Button } from '../../ui/button.tsx';
import { SelectInput } from '../../ui/inputs.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { Status } from '../../ui/status.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { IdText, None, Time } from '../../ui/values.tsx';
import { words } from './words.ts';

type Row = JobListQuery['jobs']['nodes'][number];

const STATUSES = ['PENDING', 'SUCCEEDED'] as const;
const KINDS = ['DELETE_SNAPSHOT', 'ROLLBACK_DISK', 'RELEASE_DISK', 'REINITIALIZE_DISK'] as const;

export default function Jobs() {
  const say = useWords(words);
  const region = useRegion();
  const [query, setQuery] = useQueryState();
  const status = STATUSES.find((each) => each === query.get('status'));
  const kind = KINDS.find((each) => each === query.get('kind'));
  const list = useList(
    JobListDocument,
    { region, first: 200, filter: { ...(status && { status: [status] }), ...(kind && { kind: [kind] }) } },
    { page: ({ jobs }) => jobs, unsettled: (job) => job.status === 'PENDING' },
  );
  const isFiltered = status !== undefined || kind !== undefined;
  return (
    <Page title={say('title')}>
      <p>{say('about')}</p>
      <Actions>
        <SelectInput
          label={say('status')}
          hideLabel
          value={status ?? 'ANY'}
          choices={[
            { value: 'ANY' as const, text: say('anyStatus') },
            ...STATUSES.map((value) => ({ value, text: say(value) })),
          ]}
          onChange={(value) => setQuery({ status: value === 'ANY' ? undefined : value })}
        />
        <SelectInput
          label={say('kind')}
          hideLabel
          value={kind ?? 'ANY'}
          choices={[
            { value: 'ANY' as const, text: say('anyKind') },
            ...KINDS.map((value) => ({ value, text: say(value) })),
          ]}
          onChange={(value) => setQuery({ kind: value === 'ANY' ? undefined : value })}
        />
      </Actions>
      <Table
        label={say('title')}
        columns={useColumns()}
        rows={list.nodes}
        idOf={({ id }) => id}
        nameOf={({ id }) => id}
        list={list}
        empty={
          isFiltered ? (
            <EmptyState
              title={say('noMatch')}
              actions={<Button onPress={() => setQuery({ status: undefined, kind: undefined })}>{say('clear')}</Button>}
            />
          ) : (
            <EmptyState title={say('empty')}>{say('emptyHelp')}</EmptyState>
          )
        }
      />
    </Page>
  );
}

function useColumns(): readonly Column<Row>[] {
  const say = useWords(words);
  const to = useTo();
  return [
    { id: 'kind', title: say('kind'), width: '1.5fr', narrow: 'first', cell: ({ kind }) => say(kind) },
    {
      id: 'status',
      title: say('status'),
      narrow: 'first',
      cell: ({ status }) => <Status tone={status === 'PENDING' ? 'running' : 'ok'}>{say(status)}</Status>,
    },
    { id: 'disk', title: say('disk'), cell: ({ diskId }) => <Link href={to('disks', diskId)}>{diskId}</Link> },
    {
      id: 'snapshot',
      title: say('snapshot'),
      narrow: 'never',
      cell: ({ snapshotId }) =>
        snapshotId === null ? <None /> : <Link href={to('snapshots', snapshotId)}>{snapshotId}</Link>,
    },
    { id: 'created', title: say('created'), cell: ({ createdAt }) => <Time at={createdAt} form="short" /> },
    { id: 'id', title: say('id'), narrow: 'never', cell: ({ id }) => <IdText id={id} /> },
  ];
}
