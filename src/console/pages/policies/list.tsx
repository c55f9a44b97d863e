import { Link } from 'react-aria-components';
import { PolicyListDocument, type PolicyListQuery } from '../../../generated/console-operations.ts';
import { useList } from '../../api/ask.ts';
import { useQueryState, useRegion, useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useWords } from '../../i18n/words.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { Status } from '../../ui/status.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Num, Time } from '../../ui/values.tsx';
import { words } from './words.ts';

type Row = PolicyListQuery['policies']['nodes'][number];

export default function Policies() {
  const say = useWords(words);
  const to = useTo();
  const can = useCan();
  const region = useRegion();
  const [query, setQuery] = useQueryState();
  const name = query.get('name') ?? '';
  const list = useList(
    PolicyListDocument,
    { region, first: 200, filter: name === '' ? null : { nameContains: name } },
    { page: ({ policies }) => policies },
  );
  const create = can('createPolicy') && (
    <LinkButton href={to('policies', 'new')} kind="primary" icon="plus">
      {say('create')}
    </LinkButton>
  );
  return (
    <Page title={say('title')} actions={create}>
      <TextInput
        label={say('search')}
        hideLabel
        placeholder={say('search')}
        type="search"
        value={name}
        onChange={(next) => setQuery({ name: next })}
      />
      <Table
        label={say('title')}
        columns={useColumns()}
        rows={list.nodes}
        idOf={({ id }) => id}
        nameOf={(policy) => policy.name}
        list={list}
        empty={
          name === '' ? (
            <EmptyState title={say('noneYet')} actions={create}>
              {say('noneYetHelp')}
            </EmptyState>
          ) : (
            <EmptyState
              title={say('noMatch')}
              actions={<Button onPress={() => setQuery({ name: undefined })}>{say('clear')}</Button>}
            />
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
    {
      id: 'name',
      title: say('name'),
      width: '2fr',
      narrow: 'first',
      cell: ({ id, name }) => <Link href={to('policies', id)}>{name}</Link>,
    },
    {
      id: 'state',
      title: say('state'),
      narrow: 'first',
      cell: ({ status }) => <Status tone={status === 'ACTIVE' ? 'ok' : 'idle'}>{say(status)}</Status>,
    },
    {
      id: 'schedule',
      title: say('schedule'),
      cell: ({ hours, weekdays }) => say('perWeek', { count: hours.length * weekdays.length }),
    },
    {
      id: 'retention',
      title: say('retention'),
      narrow: 'never',
      cell: ({ retentionDays }) => (retentionDays === null ? say('noEnd') : say('days', { count: retentionDays })),
    },
    { id: 'next', title: say('next'), cell: ({ nextRunAt }) => <Time at={nextRunAt} form="short" /> },
    {
      id: 'disks',
      title: say('disks'),
      width: '80px',
      align: 'end',
      narrow: 'first',
      cell: ({ diskCount }) => <Num value={diskCount} />,
    },
  ];
}
