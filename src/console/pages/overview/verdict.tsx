import { useWords } from '../../i18n/words.ts';
import { Icon } from '../../ui/icon.tsx';
import s from './overview.module.css';
import type { Overview } from './overview.tsx';
import { words } from './words.ts';

/** One sentence, which is the first thing that is read. */
export function Verdict({ told: { overview } }: { readonly told: Overview }) {
  const say = useWords(words);
  const { inBreach, protected: isProtected } = overview.disks;
  const watched = inBreach + isProtected;
  const tone = inBreach > 0 ? 'danger' : watched === 0 ? 'warning' : 'ok';
  return (
    <div className={`${s.verdict} ${s[tone]}`} role="status">
      <Icon name={tone === 'ok' ? 'check' : tone === 'danger' ? 'octagon' : 'triangle'} size={28} />
      <div>
        <p className={s.sentence}>
          {inBreach > 0 ? say('breachCount', { count: inBreach }) : say(watched === 0 ? 'noWatched' : 'allProtected')}
        </p>
        {watched > 0 && <p className={s.muted}>{say('protectedOf', { protected: isProtected, watched })}</p>}
      </div>
    </div>
  );
}
