import { useEffect, useState } from 'react';
import { CapacityCourseDocument, CapacityNowDocument } from '../../../generated/console-operations.ts';
import { useAsk, useList } from '../../api/ask.ts';
import { useQueryState, useRegion, useTo } from '../../app/places.ts';
import { percentText } from '../../i18n/format.ts';
import { useLanguage, useWords } from '../../i18n/words.ts';
import { Actions, Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { SelectInput } from '../../ui/inputs.tsx';
import { EmptyState, ErrorNote, Waiting } from '../../ui/notes.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { type Column, Table } from '../../ui/table.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Bytes, Time } from '../../ui/values.tsx';
import { Chart } from './chart.tsx';
import { csvOf, type Sample } from './course.ts';
import { words } from './words.ts';

const SPANS = ['1', '7', '15', '90', '400'] as const;
const DEFAULT_SPAN = '15';
const DAY_MS = 86_400_000;
/** Of one call; 400 days have 9,600. */
const PAGE = 1_000;

export default function Capacity() {
  const say = useWords(words);
  const region = useRegion();
  return (
    <Page title={say('title')}>
      <Now region={region} />
      <Course key={region} region={region} />
    </Page>
  );
}

function Now({ region }: { readonly region: string }) {
  const say = useWords(words);
  const language = useLanguage();
  const asked = useAsk(CapacityNowDocument, { region });
  const now = asked.data?.capacity;
  const saved = now === undefined ? 0 : now.logicalBytes - now.storedBytes;
  return (
    <Section title={say('now')}>
      {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {now === undefined && asked.error === null && <Waiting lines={2} />}
      {now !== undefined && (
        <Facts
          facts={[
            [say('logical'), <Bytes key="l" value={now.logicalBytes} />],
            [say('deduplicated'), <Bytes key="d" value={now.deduplicatedBytes} />],
            [say('stored'), <Bytes key="s" value={now.storedBytes} />],
            [say('waiting'), <Bytes key="w" value={now.waitingBytes} />],
            now.logicalBytes > 0 &&
              saved > 0 && [
                say('saved'),
                say('savedHelp', { percent: percentText(saved / now.logicalBytes, language) }),
              ],
          ]}
        />
      )}
    </Section>
  );
}

function Course({ region }: { readonly region: string }) {
  const say = useWords(words);
  const to = useTo();
  const [query, setQuery] = useQueryState();
  const span = SPANS.find((each) => each === query.get('days')) ?? DEFAULT_SPAN;
  // The instant stays while the page is looked at: each new one would ask for all samples again.
  const [openedAt] = useState(() => Math.floor(Date.now() / 3_600_000) * 3_600_000);
  const from = new Date(openedAt - Number(span) * DAY_MS).toISOString();
  const list = useList(
    CapacityCourseDocument,
    { region, from, first: PAGE },
    { page: ({ capacityHistory }) => capacityHistory },
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const samples = list.nodes ?? [];
  const at = query.get('view') === 'table' ? 'table' : 'picture';
  const tabs = (['picture', 'table'] as const).map((id) => ({
    id,
    title: say(id === 'picture' ? 'asPicture' : 'asTable'),
    href: `${to('capacity')}?days=${span}&view=${id}`,
  }));
  return (
    <Section
      title={say('course')}
      actions={
        <Actions>
          <SelectInput
            label={say('span')}
            hideLabel
            value={span}
            choices={SPANS.map((value) => ({ value, text: say('days', { count: Number(value) }) }))}
            onChange={(value) => setQuery({ days: value })}
          />
          <Button
            icon="download"
            isDisabled={samples.length === 0 || hasNextPage}
            onPress={() => saveFile('capacity.csv', csvOf(samples), 'text/csv')}
          >
            {say('csv')}
          </Button>
        </Actions>
      }
    >
      {list.error !== null && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {(list.nodes === undefined || hasNextPage) && list.error === null && <Waiting lines={6} />}
      {list.nodes !== undefined && !hasNextPage && (
        <Tabs tabs={tabs} at={at} label={say('view')}>
          {samples.length > 0 && <p>{say('summary', { count: samples.length })}</p>}
          {samples.length === 0 && <EmptyState title={say('none')}>{say('noneHelp')}</EmptyState>}
          {samples.length > 0 && (at === 'picture' ? <Chart samples={samples} /> : <Twin samples={samples} />)}
        </Tabs>
      )}
    </Section>
  );
}

/** The picture as a table, the newest first. */
function Twin({ samples }: { readonly samples: readonly Sample[] }) {
  const say = useWords(words);
  const bytes = (id: Exclude<keyof Sample, 'at'>, title: string): Column<Sample> => ({
    id,
    title,
    align: 'end',
    cell: (sample) => <Bytes value={sample[id]} />,
  });
  return (
    <Table
      label={say('course')}
      columns={[
        { id: 'at', title: say('at'), width: '1.5fr', narrow: 'first', cell: ({ at }) => <Time at={at} form="date" /> },
        bytes('logicalBytes', say('logical')),
        bytes('deduplicatedBytes', say('deduplicated')),
        { ...bytes('storedBytes', say('stored')), narrow: 'first' },
        bytes('waitingBytes', say('waiting')),
      ]}
      rows={samples.toReversed()}
      idOf={({ at }) => at}
      nameOf={({ at }) => at}
      empty={null}
    />
  );
}
