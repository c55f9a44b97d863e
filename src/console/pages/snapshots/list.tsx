import { useState } from 'react';
import { Link } from 'react-aria-components';
import { SnapshotListDocument, type SnapshotOrderField } from '../../../generated/console-operations.ts';
import { useList } from '../../api/ask.ts';
import { useQueryState, useRegion, useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useWords } from '../../i18n/words.ts';
import { Actions, Button, LinkButton } from '../../ui/button.tsx';
import { type Choice, SelectInput, TextInput } from '../../ui/inputs.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { type Column, type Sorting, Table } from '../../ui/table.tsx';
import { Bytes, Time } from '../../ui/values.tsx';
import { DeleteSnapshots, MOST_AT_ONCE } from './delete.tsx';
import { FILTERS, filterOf } from './filters.ts';
import s from './list.module.css';
import { isMoving, KeptUntil, type Row, SnapshotState } from './states.tsx';
import { words } from './words.ts';

const PAGE = 200;
const FIELDS = ['NAME', 'EXPIRES_AT'] as const;

export default function Snapshots() {
  const say = useWords(words);
  const can = useCan();
  const region = useRegion();
  const [query, setQuery] = useQueryState();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isDeleting, setDeleting] = useState(false);
  const sorting: Sorting = {
    field: FIELDS.find((field) => field === query.get('by')) ?? 'CREATED_AT',
    direction: query.get('order') === 'ASC' ? 'ASC' : 'DESC',
  };
  const filter = filterOf(query);
  const list = useList(
    SnapshotListDocument,
    {
      region,
      first: PAGE,
      filter,
      orderBy: { field: sorting.field as SnapshotOrderField, direction: sorting.direction },
    },
    { page: ({ snapshots }) => snapshots, unsettled: isMoving },
  );
  const clear = () => setQuery(Object.fromEntries(FILTERS.map((name) => [name, undefined])));
  const picked = (list.nodes ?? []).filter(({ id }) => chosen.has(id));
  return (
    <Page title={say('title')}>
      <Filters query={query} onChange={setQuery} />
      <Table
        label={say('title')}
        columns={useColumns()}
        rows={list.nodes}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        sorting={sorting}
        onSort={({ field, direction }) => setQuery({ by: field, order: direction })}
        list={list}
        {...(can('deleteSnapshots') && {
          chosen,
          onChoose: setChosen,
          batch: (
            <Button
              kind="danger"
              onPress={() => setDeleting(true)}
              why={picked.length > MOST_AT_ONCE ? say('tooMany') : undefined}
            >
              {say('deleteMany', { count: picked.length })}
            </Button>
          ),
        })}
        empty={
          Object.keys(filter).length === 0 ? (
            <NoneYet />
          ) : (
            <EmptyState title={say('noMatch')} actions={<Button onPress={clear}>{say('clear')}</Button>} />
          )
        }
      />
      {isDeleting && (
        <DeleteSnapshots
          snapshots={picked}
          onClose={() => setDeleting(false)}
          onDone={(left) => {
            setChosen(left);
            setDeleting(false);
          }}
        />
      )}
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
      sort: 'NAME',
      width: '2fr',
      narrow: 'first',
      cell: (row) => <Link href={to('snapshots', row.id)}>{row.name}</Link>,
    },
    {
      id: 'status',
      title: say('status'),
      width: '120px',
      narrow: 'first',
      cell: (row) => <SnapshotState snapshot={row} />,
    },
    {
      id: 'disk',
      title: say('disk'),
      width: '1fr',
      cell: ({ sourceDisk: { id, disk } }) => (
        <Link href={disk === null ? to('chains', id) : to('disks', id)}>{disk?.name ?? id}</Link>
      ),
    },
    { id: 'kind', title: say('kind'), width: '110px', narrow: 'never', cell: ({ kind }) => say(kind) },
    { id: 'usage', title: say('usage'), width: '100px', narrow: 'never', cell: ({ usage }) => say(usage) },
    {
      id: 'own',
      title: say('own'),
      width: '90px',
      align: 'end',
      narrow: 'first',
      cell: ({ sizes }) => <Bytes value={sizes?.ownBytes ?? null} />,
    },
    {
      id: 'created',
      title: say('created'),
      width: '130px',
      sort: 'CREATED_AT',
      cell: ({ createdAt }) => <Time at={createdAt} form="short" />,
    },
    {
      id: 'expires',
      title: say('expires'),
      width: '130px',
      sort: 'EXPIRES_AT',
      cell: (row) => <KeptUntil snapshot={row} />,
    },
  ];
}

function NoneYet() {
  const say = useWords(words);
  const to = useTo();
  return (
    <EmptyState
      title={say('noneYet')}
      actions={
        <Actions>
          <LinkButton href={to('disks')}>{say('toDisks')}</LinkButton>
          <LinkButton href={to('policies')}>{say('toPolicies')}</LinkButton>
        </Actions>
      }
    >
      {say('noneYetHelp')}
    </EmptyState>
  );
}

type FilterName = (typeof FILTERS)[number];

interface FiltersProps {
  readonly query: URLSearchParams;
  readonly onChange: (changes: { readonly [Name in FilterName]?: string | undefined }) => void;
}

function Filters({ query, onChange }: FiltersProps) {
  const say = useWords(words);
  const choices = <Value extends Parameters<typeof say>[0] & string>(
    what: string,
    values: readonly Value[],
  ): Choice<Value | 'ANY'>[] => [
    { value: 'ANY', text: say('any', { what }) },
    ...values.map((value) => ({ value, text: say(value as 'NONE') })),
  ];
  const select = (
    name: FilterName,
    label: string,
    values: readonly ('PROGRESSING' | 'ACCOMPLISHED' | 'FAILED' | 'MANUAL' | 'AUTO' | 'NONE' | 'DISK' | 'IMAGE')[],
  ) => (
    <SelectInput
      label={label}
      hideLabel
      value={values.find((value) => value === query.get(name)) ?? 'ANY'}
      choices={choices(label.toLowerCase(), values)}
      onChange={(value) => onChange({ [name]: value === 'ANY' ? undefined : value })}
    />
  );
  const text = (name: FilterName, label: string) => (
    <TextInput
      label={label}
      hideLabel
      placeholder={label}
      type="search"
      value={query.get(name) ?? ''}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
  return (
    <div className={s.filters}>
      {text('name', say('search'))}
      {select('status', say('status'), ['ACCOMPLISHED', 'PROGRESSING', 'FAILED'])}
      {select('kind', say('kind'), ['MANUAL', 'AUTO'])}
      {select('usage', say('usage'), ['NONE', 'DISK', 'IMAGE'])}
      {text('tag', say('tagFilter'))}
      {query.has('disk') && text('disk', say('disk'))}
    </div>
  );
}
