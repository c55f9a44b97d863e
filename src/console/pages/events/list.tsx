import { useState } from 'react';
import { Link } from 'react-aria-components';
import { EventListDocument, type EventListQuery } from '../../../generated/console-operations.ts';
import { useList } from '../../api/ask.ts';
import { useQueryState, useTo } from '../../app/places.ts';
import { useWords } from '../../i18n/words.ts';
import { Actions, Button } from '../../ui/button.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { None, Time } from '../../ui/values.tsx';
import { words } from './words.ts';

type Row = EventListQuery['events']['nodes'][number];

const PAGE = 200;
/** Where the console has a page for what an event is about. */
const PLACES: Readonly<Record<string, string>> = {
  disk: 'disks',
  snapshot: 'snapshots',
  policy: 'policies',
  image: 'images',
  instance: 'instances',
};

export default function Events() {
  const say = useWords(words);
  const [query, setQuery] = useQueryState();
  const type = query.get('type') ?? '';
  const subject = query.get('subject') ?? '';
  const isFiltered = type !== '' || subject !== '';
  const list = useList(
    EventListDocument,
    { first: PAGE, types: type === '' ? null : [type], subject: subject === '' ? null : subject },
    { page: ({ events }) => events },
  );
  const clear = () => setQuery({ type: undefined, subject: undefined });
  return (
    <Page title={say('title')}>
      <p>{say('about')}</p>
      <Actions>
        <Filter label={say('typeFilter')} value={type} onChange={(value) => setQuery({ type: value })} />
        <Filter label={say('subjectFilter')} value={subject} onChange={(value) => setQuery({ subject: value })} />
      </Actions>
      <Table
        label={say('title')}
        columns={useColumns()}
        rows={list.error === null ? list.nodes : []}
        idOf={({ id }) => id}
        nameOf={({ type: name, at }) => `${name} ${at}`}
        list={list}
        empty={
          isFiltered ? (
            <EmptyState title={say('noMatch')} actions={<Button onPress={clear}>{say('clear')}</Button>} />
          ) : (
            <EmptyState title={say('empty')} />
          )
        }
      />
    </Page>
  );
}

interface FilterProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Asks when it is whole: half a type is an error, and half an id finds nothing. */
function Filter({ label, value, onChange }: FilterProps) {
  const [typed, setTyped] = useState(value);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onChange(typed.trim());
      }}
    >
      <TextInput
        label={label}
        hideLabel
        placeholder={label}
        type="search"
        value={typed}
        onChange={(next) => {
          setTyped(next);
          if (next === '') onChange('');
        }}
      />
    </form>
  );
}

function useColumns(): readonly Column<Row>[] {
  const say = useWords(words);
  const to = useTo();
  return [
    { id: 'type', title: say('type'), width: '1.5fr', narrow: 'first', cell: ({ type }) => <code>{type}</code> },
    { id: 'at', title: say('at'), narrow: 'first', cell: ({ at }) => <Time at={at} form="short" /> },
    {
      id: 'subject',
      title: say('subject'),
      width: '1.5fr',
      cell: ({ subject: { kind, id } }) => {
        const place = PLACES[kind];
        return place === undefined ? `${kind} ${id}` : <Link href={to(place, id)}>{id}</Link>;
      },
    },
    { id: 'region', title: say('region'), narrow: 'never', cell: ({ region }) => region ?? <None /> },
    { id: 'data', title: say('data'), width: '2fr', narrow: 'never', cell: ({ data }) => <Data data={data} /> },
  ];
}

function Data({ data }: { readonly data: string }) {
  const text = Object.entries(JSON.parse(data) as Record<string, unknown>)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ');
  return <span title={text}>{text}</span>;
}
