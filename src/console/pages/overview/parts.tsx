import type { ReactNode } from 'react';
import { Link } from 'react-aria-components';
import { useTo } from '../../app/places.ts';
import { useWords } from '../../i18n/words.ts';
import { Section } from '../../ui/page.tsx';
import { Status, type Tone } from '../../ui/status.tsx';
import { Bytes, Num, Time } from '../../ui/values.tsx';
import s from './overview.module.css';
import type { Overview } from './overview.tsx';
import { words } from './words.ts';

interface Told {
  readonly told: Overview;
}

/** A number of things in one state; none of them is not worth a colour. */
function Count({ tone, text, value }: { readonly tone: Tone; readonly text: string; readonly value: number }) {
  return (
    <li>
      <Status tone={value === 0 ? 'idle' : tone}>{text}</Status>
      <strong>
        <Num value={value} />
      </strong>
    </li>
  );
}

function Counts({ children }: { readonly children: ReactNode }) {
  return <ul className={s.counts}>{children}</ul>;
}

export function DiskCounts({ told: { overview } }: Told) {
  const say = useWords(words);
  const to = useTo();
  const { protected: isProtected, inBreach, unprotected, exempt, local, total } = overview.disks;
  return (
    <Section title={say('disks')} actions={<Link href={to('disks')}>{<Num value={total} />}</Link>}>
      <Counts>
        <Count tone="danger" text={say('inBreach')} value={inBreach} />
        <Count tone="ok" text={say('protected')} value={isProtected} />
        <Count tone="warning" text={say('unprotected')} value={unprotected} />
        <Count tone="idle" text={say('exempt')} value={exempt} />
        <Count tone="idle" text={say('local')} value={local} />
      </Counts>
    </Section>
  );
}

export function Runs({ told: { overview } }: Told) {
  const say = useWords(words);
  const { done, skipped, failed, missedSlots } = overview.runs;
  const all = done + skipped + failed + missedSlots;
  return (
    <Section title={say('runs')}>
      {all === 0 ? (
        <p className={s.muted}>{say('noRuns')}</p>
      ) : (
        <>
          <div className={s.share} aria-hidden="true">
            {(
              [
                ['ok', done],
                ['warning', skipped],
                ['danger', failed],
                ['idle', missedSlots],
              ] as const
            ).map(
              ([tone, count]) =>
                count > 0 && <span key={tone} className={s[`share-${tone}`]} style={{ flexGrow: count }} />,
            )}
          </div>
          <Counts>
            <Count tone="ok" text={say('done')} value={done} />
            <Count tone="warning" text={say('skipped')} value={skipped} />
            <Count tone="danger" text={say('failed')} value={failed} />
            <Count tone="warning" text={say('missed')} value={missedSlots} />
          </Counts>
        </>
      )}
    </Section>
  );
}

export function SnapshotCounts({ told: { overview, newest } }: Told) {
  const say = useWords(words);
  const to = useTo();
  const { manual, automatic, inProgress, failed } = overview.snapshots;
  const [latest] = newest.nodes;
  return (
    <Section title={say('snapshots')}>
      <Counts>
        <Count tone="idle" text={say('manual')} value={manual} />
        <Count tone="idle" text={say('automatic')} value={automatic} />
        <Count tone="running" text={say('inProgress')} value={inProgress} />
        <Count tone="danger" text={say('failed')} value={failed} />
      </Counts>
      {latest !== undefined && (
        <p className={s.muted}>
          <Link href={to('snapshots', latest.id)}>{latest.name}</Link> <Time at={latest.createdAt} form="short" />
        </p>
      )}
    </Section>
  );
}

export function WaitingBytes({ told: { reclaim } }: Told) {
  const say = useWords(words);
  return (
    <Section title={say('waiting')}>
      {reclaim.waitingObjects === 0 ? (
        <p className={s.muted}>{say('waitingNone')}</p>
      ) : (
        <>
          <p className={s.figure}>
            <Bytes value={reclaim.waitingBytes} />
          </p>
          <p className={s.muted}>
            {say('objects', { count: reclaim.waitingObjects })}
            {reclaim.allAt !== null && (
              <>
                {', '}
                {say('waitingUntil')} <Time at={reclaim.allAt} />
              </>
            )}
          </p>
        </>
      )}
    </Section>
  );
}
