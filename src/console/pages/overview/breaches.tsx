import { Link } from 'react-aria-components';
import { useTo } from '../../app/places.ts';
import { useWords } from '../../i18n/words.ts';
import { Section } from '../../ui/page.tsx';
import { Status } from '../../ui/status.tsx';
import { Time } from '../../ui/values.tsx';
import s from './overview.module.css';
import type { Overview } from './overview.tsx';
import { words } from './words.ts';

/** The disks in breach, each with the reason and what it has. */
export function Breaches({ told: { breaches } }: { readonly told: Overview }) {
  const say = useWords(words);
  const to = useTo();
  if (breaches.nodes.length === 0) return null;
  return (
    <Section
      title={say('breaches')}
      actions={breaches.pageInfo.hasNextPage && <Link href={`${to('disks')}?breach=1`}>{say('moreBreaches')}</Link>}
    >
      <ul className={s.rows}>
        {breaches.nodes.map(({ id, name, protection }) => (
          <li key={id}>
            <Link href={to('disks', id)} className={s.name ?? ''}>
              {name}
            </Link>
            <Status tone="danger">
              {protection?.reason !== null && protection?.reason !== undefined && say(protection.reason)}
            </Status>
            <span className={s.muted}>
              {say('newest')}:{' '}
              {protection?.newestUsableAt === null || protection === null ? (
                say('never')
              ) : (
                <Time at={protection.newestUsableAt} form="short" />
              )}
              {protection?.objectiveHours !== null && protection !== null && (
                <>
                  {' · '}
                  {say('objective')}: {say('hours', { count: protection.objectiveHours })}
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
