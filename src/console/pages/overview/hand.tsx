import type { ReactNode } from 'react';
import { Link } from 'react-aria-components';
import { useTo } from '../../app/places.ts';
import { useSession } from '../../app/session.ts';
import { useWords } from '../../i18n/words.ts';
import { Section } from '../../ui/page.tsx';
import { Status, type Tone } from '../../ui/status.tsx';
import s from './overview.module.css';
import type { Overview } from './overview.tsx';
import { words } from './words.ts';

/** What nobody but a person can put right, the worst first. */
export function Hand({ told: { overview, snapshotService } }: { readonly told: Overview }) {
  const say = useWords(words);
  const to = useTo();
  const { viewer } = useSession();
  const all: readonly (readonly [Tone, ReactNode] | false)[] = [
    viewer.readOnly !== null && ['danger', say('readOnly', { why: viewer.readOnly })],
    overview.damagedObjects > 0 && [
      'danger',
      <Link key="damage" href={to('damage')}>
        {say('damageSome', { count: overview.damagedObjects })}
      </Link>,
    ],
    viewer.account.status === 'IN_ARREARS' && ['danger', say('arrears')],
    overview.snapshots.failed > 0 && [
      'danger',
      <Link key="failed" href={`${to('snapshots')}?status=FAILED`}>
        {say('failedSnapshots', { count: overview.snapshots.failed })}
      </Link>,
    ],
    viewer.deletionsHeldSince !== null && ['warning', say('deletionsHeld')],
    !snapshotService.opened && ['warning', say('notOpened')],
    overview.disks.unprotected > 0 && [
      'warning',
      <Link key="unprotected" href={`${to('disks')}?unprotected=1`}>
        {say('unprotectedDisks', { count: overview.disks.unprotected })}
      </Link>,
    ],
  ];
  const needed = all.filter((each) => each !== false);
  return (
    <Section title={say('hand')}>
      {needed.length === 0 && <Status tone="ok">{say('handNone')}</Status>}
      <ul className={s.rows}>
        {needed.map(([tone, text], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no names
          <li key={at}>
            <Status tone={tone}>{text}</Status>
          </li>
        ))}
        {overview.damagedObjects === 0 && (
          <li>
            <Status tone="ok">{say('damageNone')}</Status>
          </li>
        )}
      </ul>
    </Section>
  );
}
