import { Link } from 'react-aria-components';
import { useLocation } from 'wouter';
import type { Area } from '../app/area.ts';
import { toIn } from '../app/places.ts';
import { useCan } from '../app/session.ts';
import { useLanguage, useWords } from '../i18n/words.ts';
import { cx } from '../ui/cx.ts';
import { Icon } from '../ui/icon.tsx';
import { AREAS, GROUPS } from './areas.ts';
import s from './shell.module.css';
import { words } from './words.ts';

export function Navigation({ region }: { readonly region: string }) {
  const say = useWords(words);
  const can = useCan();
  const shown = AREAS.filter(({ needs }) => needs === undefined || can(needs));
  return (
    <nav aria-label={say('navigation')} className={s.navigation}>
      {GROUPS.map((group) => {
        const areas = shown.filter((area) => area.group === group);
        if (areas.length === 0) return null;
        return (
          <div key={group}>
            {group !== 'top' && <h2>{say(group)}</h2>}
            <ul>
              {areas.map((area) => (
                <li key={area.path}>
                  <Entry area={area} region={region} />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

function Entry({ area, region }: { readonly area: Area; readonly region: string }) {
  const language = useLanguage();
  const [location] = useLocation();
  const href = area.path === '' ? toIn(region) : toIn(region, area.path);
  const isAt = area.path === '' ? location === href : location === href || location.startsWith(`${href}/`);
  return (
    <Link href={href} className={cx(s.entry, isAt && s.at)} {...(isAt && { 'aria-current': 'page' as const })}>
      <Icon name={area.icon} />
      {area.title[language]}
    </Link>
  );
}
