import { OverviewPageDocument, type OverviewPageQuery } from '../../../generated/console-operations.ts';
import { useAsk } from '../../api/ask.ts';
import { useRegion } from '../../app/places.ts';
import { useWords } from '../../i18n/words.ts';
import { Banner, ErrorNote, Waiting } from '../../ui/notes.tsx';
import { Columns, Page } from '../../ui/page.tsx';
import { Breaches } from './breaches.tsx';
import { Course } from './course.tsx';
import { FirstSteps, isEmpty } from './first-steps.tsx';
import { Hand } from './hand.tsx';
import { DiskCounts, Runs, SnapshotCounts, WaitingBytes } from './parts.tsx';
import { Verdict } from './verdict.tsx';
import { words } from './words.ts';

export type Overview = OverviewPageQuery;

/** "Am I protected?", answered first. What is wrong comes before everything else. */
export default function OverviewPage() {
  const say = useWords(words);
  const region = useRegion();
  const { data, error, refetch } = useAsk(
    OverviewPageDocument,
    { region },
    { unsettled: ({ overview }) => overview.snapshots.inProgress > 0 },
  );
  return (
    <Page title={say('title')}>
      {error !== null && error.code === 'Throttled' && <Banner tone="running">{say('counting')}</Banner>}
      {error !== null && error.code !== 'Throttled' && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined ? error === null && <Waiting lines={8} /> : <Told told={data} region={region} />}
    </Page>
  );
}

function Told({ told, region }: { readonly told: Overview; readonly region: string }) {
  if (isEmpty(told)) return <FirstSteps told={told} region={region} />;
  return (
    <>
      <Verdict told={told} />
      <Breaches told={told} />
      <Columns>
        <DiskCounts told={told} />
        <Runs told={told} />
      </Columns>
      <Course region={region} />
      <Columns>
        <Hand told={told} />
        <SnapshotCounts told={told} />
        <WaitingBytes told={told} />
      </Columns>
    </>
  );
}
