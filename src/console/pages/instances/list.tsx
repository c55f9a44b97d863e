import { Link } from 'react-aria-components';
import { InstanceListDocument, type InstanceListQuery } from '../../../generated/console-operations.ts';
import { useList } from '../../api/ask.ts';
import { useQueryState, useRegion, useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useWords } from '../../i18n/words.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { type Column, type Sorting, Table } from '../../ui/table.tsx';
import { Num, Time } from '../../ui/values.tsx';
import { InstanceState, isMoving } from './states.tsx';
import { words } from './words.ts';

type Row = InstanceListQuery['instances']['nodes'][number];
const PAGE = 100;

export default function Instances() {
  const say = useWords(words);
  const to = useTo();
  const can = useCan();
  const region = useRegion();
  const [query, setQuery] = useQueryState();
  const name = query.get('name') ?? '';
  const sorting = {
    field: query.get('by') === 'NAME' ? 'NAME' : 'CREATED_AT',
    direction: query.get('order') === 'ASC' ? 'ASC' : 'DESC',
  } as const satisfies Sorting;
  const list = useList(
    InstanceListDocument,
    { region, first: PAGE, filter: name === '' ? null : { nameContains: name }, orderBy: sorting },
    { page: ({ instances }) => instances, unsettled: isMoving },
  );
  const columns: readonly Column<Row>[] = [
    {
      id: 'name',
      title: say('name'),
      sort: 'NAME',
      width: '2fr',
      narrow: 'first',
      cell: (row) => <Link href={to('instances', row.id)}>{row.name}</Link>,
    },
    { id: 'status', title: say('status'), narrow: 'first', cell: ({ status }) => <InstanceState status={status} /> },
    { id: 'kind', title: say('kind'), cell: ({ kind }) => say(kind) },
    {
      id: 'disks',
      title: say('disks'),
      width: '90px',
      align: 'end',
      narrow: 'first',
      cell: ({ systemDisk, dataDisks }) => <Num value={dataDisks.length + (systemDisk === null ? 0 : 1)} />,
    },
    {
      id: 'created',
      title: say('created'),
      sort: 'CREATED_AT',
      cell: ({ createdAt }) => <Time at={createdAt} form="short" />,
    },
  ];
  return (
    <Page
      title={say('title')}
      actions={
        can('createInstance') && (
          <LinkButton kind="primary" href={to('instances', 'new')}>
            {say('create')}
          </LinkButton>
        )
      }
    >
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
        columns={columns}
        rows={list.nodes}
        idOf={({ id }) => id}
        nameOf={(row) => row.name}
        sorting={sorting}
        onSort={({ field, direction }) => setQuery({ by: field, order: direction })}
        list={list}
        empty={
          name === '' ? (
            <EmptyState title={say('noneYet')}>{say('noneYetHelp')}</EmptyState>
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
