import { Link } from 'react-aria-components';
import {
  DiskBreachesDocument,
  DiskListDocument,
  type DiskListQuery,
  type DiskOrderField,
} from '../../../generated/console-operations.ts';
import { useList } from '../../api/ask.ts';
import { useQueryState, useRegion, useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useWords } from '../../i18n/words.ts';
import { Actions, Button, LinkButton } from '../../ui/button.tsx';
import { SelectInput, TextInput } from '../../ui/inputs.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { type Column, type Sorting, Table } from '../../ui/table.tsx';
import { Bytes, Time } from '../../ui/values.tsx';
import { DiskState, isMoving, Protection } from './states.tsx';
import { words } from './words.ts';

type Row = DiskListQuery['disks']['nodes'][number];
const PAGE = 200;
/** Each a name in the query of the address. */
const SHOWN = ['unprotected', 'breach'] as const;
const NOTHING_SHOWN = { unprotected: undefined, breach: undefined };

export default function Disks() {
  const say = useWords(words);
  const to = useTo();
  const can = useCan();
  const [query, setQuery] = useQueryState();
  const name = query.get('name') ?? '';
  const sorting: Sorting = {
    field: query.get('by') === 'NAME' ? 'NAME' : 'CREATED_AT',
    direction: query.get('order') === 'ASC' ? 'ASC' : 'DESC',
  };
  const show = SHOWN.find((one) => query.get(one) === '1') ?? 'all';
  const isBreach = show === 'breach';
  const list = useDisks({ show, name, sorting });
  const columns = useColumns();
  return (
    <Page
      title={say('title')}
      actions={
        can('createDisk') && (
          <LinkButton kind="primary" href={to('disks', 'new')}>
            {say('create')}
          </LinkButton>
        )
      }
    >
      <Actions>
        <TextInput
          label={say('search')}
          hideLabel
          placeholder={say('search')}
          type="search"
          isDisabled={isBreach}
          value={name}
          onChange={(next) => setQuery({ name: next })}
        />
        <SelectInput
          label={say('show')}
          hideLabel
          value={show}
          choices={(['all', ...SHOWN] as const).map((value) => ({ value, text: say(`show_${value}`) }))}
          onChange={(next) =>
            setQuery({
              ...NOTHING_SHOWN,
              ...(next !== 'all' && { [next]: '1' }),
              ...(next === 'breach' && { name: '' }),
            })
          }
        />
      </Actions>
      <Table
        label={say('title')}
        columns={columns}
        rows={list.nodes}
        idOf={({ id }) => id}
        nameOf={(disk) => disk.name}
        {...(!isBreach && {
          sorting,
          onSort: ({ field, direction }: Sorting) => setQuery({ by: field, order: direction }),
        })}
        list={list}
        empty={
          isBreach ? (
            <EmptyState title={say('noBreach')} />
          ) : name === '' ? (
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

interface Wanted {
  readonly show: 'all' | (typeof SHOWN)[number];
  readonly name: string;
  readonly sorting: Sorting;
}

function useDisks({ show, name, sorting }: Wanted) {
  const region = useRegion();
  const isBreach = show === 'breach';
  const breaches = useList(
    DiskBreachesDocument,
    { region, first: PAGE },
    { page: (data) => data.breaches, unsettled: isMoving, enabled: isBreach },
  );
  const all = useList(
    DiskListDocument,
    {
      region,
      first: PAGE,
      filter: {
        ...(name !== '' && { nameContains: name }),
        ...(show === 'unprotected' && { withoutPolicy: true }),
      },
      orderBy: { field: sorting.field as DiskOrderField, direction: sorting.direction },
    },
    { page: ({ disks }) => disks, unsettled: isMoving, enabled: !isBreach },
  );
  return isBreach ? breaches : all;
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
      cell: (disk) => <Link href={to('disks', disk.id)}>{disk.name}</Link>,
    },
    { id: 'status', title: say('status'), narrow: 'first', cell: ({ status }) => <DiskState status={status} /> },
    { id: 'protection', title: say('protection'), cell: ({ protection }) => <Protection protection={protection} /> },
    {
      id: 'newest',
      title: say('newest'),
      cell: ({ protection }) => <Time at={protection?.newestUsableAt ?? null} form="short" />,
    },
    {
      id: 'size',
      title: say('size'),
      width: '100px',
      align: 'end',
      narrow: 'first',
      cell: ({ sizeBytes }) => <Bytes value={sizeBytes} />,
    },
    {
      id: 'created',
      title: say('created'),
      sort: 'CREATED_AT',
      cell: ({ createdAt }) => <Time at={createdAt} form="short" />,
    },
  ];
}
