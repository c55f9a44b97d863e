import { useState } from 'react';
import { Link } from 'react-aria-components';
import {
  BillLinesDocument,
  type BillLinesQuery,
  BillStatementDocument,
  type BillStatementQuery,
} from '../../../generated/console-operations.ts';
import { useAsk, useList } from '../../api/ask.ts';
import { useQueryState, useTo } from '../../app/places.ts';
import { useWords } from '../../i18n/words.ts';
import { Actions, Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { SelectInput, TextInput } from '../../ui/inputs.tsx';
import { Banner, EmptyState, ErrorNote, Waiting } from '../../ui/notes.tsx';
import { Section } from '../../ui/page.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { type Column, Table } from '../../ui/table.tsx';
import { Num, Time } from '../../ui/values.tsx';
import { words } from './words.ts';

type Bill = BillStatementQuery['statement'];
type Line = BillLinesQuery['statementLines']['nodes'][number];

const MONTHS_SHOWN = 14;
const GIB = 1024 ** 3;
/** No currency: no price was ever set. */
const NO_CURRENCY = 'XXX';

/** This month and those before, as UTC has them. */
function lastMonths(nowMs: number): readonly string[] {
  const now = new Date(nowMs);
  return Array.from({ length: MONTHS_SHOWN }, (_, back) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7),
  );
}

export function Statement({ region }: { readonly region: string }) {
  const say = useWords(words);
  const [query, setQuery] = useQueryState();
  const [months] = useState(() => lastMonths(Date.now()));
  const month = months.find((each) => each === query.get('month')) ?? months[0] ?? '';
  const asked = useAsk(BillStatementDocument, { month });
  const { data } = asked;
  return (
    <>
      <SelectInput
        label={say('month')}
        value={month}
        choices={months.map((value) => ({ value, text: value }))}
        onChange={(value) => setQuery({ month: value })}
      />
      {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {data === undefined && asked.error === null && <Waiting lines={5} />}
      {data !== undefined && <Sums bill={data.statement} balance={data.balance} />}
      <Lines key={`${region} ${month}`} month={month} region={region} currency={data?.statement.currency ?? ''} />
    </>
  );
}

function money(amount: string, currency: string): string {
  return currency === NO_CURRENCY ? '–' : `${amount} ${currency}`;
}

interface SumsProps {
  readonly bill: Bill;
  readonly balance: BillStatementQuery['balance'];
}

function Sums({ bill, balance }: SumsProps) {
  const say = useWords(words);
  const { currency, regions, corrections } = bill;
  const isUnpriced = regions.some(({ unpricedByteHours }) => unpricedByteHours !== '0');
  const columns: readonly Column<Bill['regions'][number]>[] = [
    { id: 'region', title: say('region'), narrow: 'first', cell: (row) => row.region },
    {
      id: 'hours',
      title: say('hours'),
      align: 'end',
      cell: ({ hours, missingHours }) => (
        <span title={say('missing', { count: missingHours })}>
          <Num value={hours} />
        </span>
      ),
    },
    { id: 'used', title: say('gibHours'), align: 'end', cell: ({ byteHours }) => <GibHours byteHours={byteHours} /> },
    {
      id: 'amount',
      title: say('amount'),
      align: 'end',
      narrow: 'first',
      cell: ({ amount }) => money(amount, currency),
    },
  ];
  return (
    <Section title={`${say('statement')} ${bill.month}`}>
      {currency === NO_CURRENCY && <Banner tone="idle">{say('noPrice')}</Banner>}
      {currency !== NO_CURRENCY && isUnpriced && <Banner tone="warning">{say('unpriced')}</Banner>}
      <Facts
        facts={[
          [say('total'), money(bill.total, currency)],
          [say('closed'), bill.closedAt === null ? say('open') : <Time key="c" at={bill.closedAt} />],
          balance !== null && [say('balance'), money(balance.balance, balance.currency)],
          balance !== null &&
            balance.threshold !== null && [say('threshold'), money(balance.threshold, balance.currency)],
          ...corrections.map(
            ({ ofMonth, region, amount }) =>
              [say('correction', { month: ofMonth, region }), money(amount, currency)] as const,
          ),
        ]}
      />
      <Table
        label={say('region')}
        columns={columns}
        rows={regions}
        idOf={({ region }) => region}
        nameOf={({ region }) => region}
        empty={<EmptyState title={say('noLines')} />}
      />
    </Section>
  );
}

/** Byte-hours are whole numbers that may be larger than a number of JavaScript holds exactly. */
function GibHours({ byteHours }: { readonly byteHours: string }) {
  return (
    <span title={byteHours}>
      <Num value={Math.round((Number(byteHours) / GIB) * 100) / 100} />
    </span>
  );
}

interface LinesProps {
  readonly month: string;
  readonly region: string;
  readonly currency: string;
}

function Lines({ month, region, currency }: LinesProps) {
  const say = useWords(words);
  const [query, setQuery] = useQueryState();
  const tagKey = query.get('tag') ?? '';
  const [typed, setTyped] = useState(tagKey);
  const list = useList(
    BillLinesDocument,
    { month, region, first: 200, tagKey: tagKey === '' ? null : tagKey },
    { page: ({ statementLines }) => statementLines },
  );
  const lines = list.nodes ?? [];
  const columns: readonly Column<Line>[] = [
    { id: 'of', title: say('of'), width: '2fr', narrow: 'first', cell: (line) => <Of line={line} /> },
    { id: 'used', title: say('gibHours'), align: 'end', cell: ({ byteHours }) => <GibHours byteHours={byteHours} /> },
    {
      id: 'amount',
      title: say('amount'),
      align: 'end',
      narrow: 'first',
      cell: ({ amount }) => money(amount, currency),
    },
  ];
  const nameOf = ({ kind, id, tagValue }: Line) => id ?? tagValue ?? say(kind);
  return (
    <Section
      title={tagKey === '' ? say('lines') : say('byTag', { key: tagKey })}
      actions={
        <Actions>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              setQuery({ tag: typed.trim() });
            }}
          >
            <Actions>
              <TextInput
                label={say('tagKey')}
                hideLabel
                placeholder={say('tagKey')}
                value={typed}
                onChange={setTyped}
              />
              <Button type="submit">{say('show')}</Button>
            </Actions>
          </form>
          <Button
            icon="download"
            isDisabled={lines.length === 0 || list.hasNextPage}
            onPress={() => saveFile(`statement-${month}-${region}.csv`, csvOf(lines), 'text/csv')}
          >
            {say('csv')}
          </Button>
        </Actions>
      }
    >
      <Table
        label={say('lines')}
        columns={columns}
        rows={list.nodes}
        idOf={({ kind, id, tagValue }) => `${kind} ${id ?? ''} ${tagValue ?? ''}`}
        nameOf={nameOf}
        list={list}
        empty={<EmptyState title={say('noLines')} />}
      />
    </Section>
  );
}

function Of({ line: { kind, id, tagValue } }: { readonly line: Line }) {
  const say = useWords(words);
  const to = useTo();
  if (id !== null) return <Link href={to(kind === 'IMAGE' ? 'images' : 'chains', id)}>{id}</Link>;
  return <span>{tagValue ?? say(kind)}</span>;
}

function csvOf(lines: readonly Line[]): string {
  const cell = (text: string) => (/[",\n]|^[=+@-]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = lines.map(({ kind, id, tagValue, byteHours, amount }) =>
    [kind, id ?? '', tagValue ?? '', byteHours, amount].map(cell).join(','),
  );
  return ['kind,id,tagValue,byteHours,amount', ...rows].join('\n');
}
