import { useState } from 'react';
import { AuditListDocument, type AuditListQuery } from '../../../generated/console-operations.ts';
import { useList } from '../../api/ask.ts';
import { useQueryState } from '../../app/places.ts';
import { useWords } from '../../i18n/words.ts';
import { Actions, Button } from '../../ui/button.tsx';
import { SelectInput, TextInput } from '../../ui/inputs.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { Status } from '../../ui/status.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { None, Time } from '../../ui/values.tsx';
import { words } from './words.ts';

type Row = AuditListQuery['audit']['nodes'][number];

const PAGE = 200;
const OUTCOMES = ['ALLOWED', 'REFUSED', 'FAILED'] as const;
const TONES = { ALLOWED: 'ok', REFUSED: 'warning', FAILED: 'danger' } as const;
const FILTERS = ['action', 'actor', 'subject'] as const;

export default function Audit() {
  const say = useWords(words);
  const [query, setQuery] = useQueryState();
  const outcome = OUTCOMES.find((each) => each === query.get('outcome')) ?? null;
  const valueIn = (name: (typeof FILTERS)[number]) => query.get(name) || null;
  const list = useList(
    AuditListDocument,
    {
      first: PAGE,
      from: null,
      to: null,
      action: valueIn('action'),
      actor: valueIn('actor'),
      subject: valueIn('subject'),
      outcome,
    },
    { page: ({ audit }) => audit },
  );
  const isFiltered = outcome !== null || FILTERS.some((name) => valueIn(name) !== null);
  const clear = () => setQuery({ outcome: undefined, action: undefined, actor: undefined, subject: undefined });
  const rows = list.nodes ?? [];
  return (
    <Page
      title={say('title')}
      actions={
        <Button
          icon="download"
          isDisabled={rows.length === 0}
          onPress={() => saveFile('audit.jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join(''))}
        >
          {say('download')}
        </Button>
      }
    >
      <p>{say('about')}</p>
      <Filters key={query.toString()} query={query} outcome={outcome} onChange={setQuery} />
      <Table
        label={say('title')}
        columns={useColumns()}
        rows={list.error === null ? list.nodes : []}
        idOf={({ id }) => id}
        nameOf={({ action, at }) => `${action} ${at}`}
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

interface FiltersProps {
  readonly query: URLSearchParams;
  readonly outcome: (typeof OUTCOMES)[number] | null;
  readonly onChange: (changes: Readonly<Record<string, string | undefined>>) => void;
}

/**
 * Asks when it is told to: half an id finds nothing, and each search looks at thousands of records.
 */
function Filters({ query, outcome, onChange }: FiltersProps) {
  const say = useWords(words);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? ''])),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onChange(typed);
      }}
    >
      <Actions>
        <SelectInput
          label={say('outcome')}
          hideLabel
          value={outcome ?? 'ANY'}
          choices={[
            { value: 'ANY' as const, text: say('anyOutcome') },
            ...OUTCOMES.map((value) => ({ value, text: say(value) })),
          ]}
          onChange={(value) => onChange({ outcome: value === 'ANY' ? undefined : value })}
        />
        {FILTERS.map((name) => (
          <TextInput
            key={name}
            label={say(`${name}Filter`)}
            hideLabel
            placeholder={say(`${name}Filter`)}
            value={typed[name] ?? ''}
            onChange={(value) => setTyped({ ...typed, [name]: value.trim() })}
          />
        ))}
        <Button type="submit" icon="search">
          {say('search')}
        </Button>
      </Actions>
    </form>
  );
}

function useColumns(): readonly Column<Row>[] {
  const say = useWords(words);
  return [
    {
      id: 'action',
      title: say('action'),
      width: '1.5fr',
      narrow: 'first',
      cell: ({ action }) => <code>{action}</code>,
    },
    {
      id: 'outcome',
      title: say('outcome'),
      width: '1.3fr',
      narrow: 'first',
      cell: ({ outcome, code, reason }) => (
        <Status tone={TONES[outcome]}>
          {[say(outcome), code, reason === null ? null : say(reason)].filter((part) => part !== null).join(' · ')}
        </Status>
      ),
    },
    { id: 'at', title: say('at'), width: '130px', cell: ({ at }) => <Time at={at} form="short" /> },
    {
      id: 'actor',
      title: say('actor'),
      cell: ({ actorKind, actor }) => (actorKind === 'KEY' ? <code title={actor}>{actor}</code> : say(actorKind)),
    },
    {
      id: 'subjects',
      title: say('subjects'),
      width: '1.5fr',
      narrow: 'never',
      cell: ({ subjects }) =>
        subjects.length === 0 ? <None /> : <span title={subjects.join(', ')}>{subjects.join(', ')}</span>,
    },
    {
      id: 'from',
      title: say('from'),
      narrow: 'never',
      cell: ({ address, userAgent }) => <span title={userAgent ?? ''}>{address ?? <None />}</span>,
    },
    {
      id: 'request',
      title: say('request'),
      narrow: 'never',
      cell: ({ requestId }) => (requestId === null ? <None /> : <code title={requestId}>{requestId}</code>),
    },
  ];
}
