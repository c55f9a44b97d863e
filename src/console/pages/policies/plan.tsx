import { timeText } from '../../i18n/format.ts';
import { useLanguage, useWords } from '../../i18n/words.ts';
import s from './plan.module.css';
import { words } from './words.ts';

export interface PlannedRun {
  readonly at: string;
  readonly utcOffsetMinutes: number;
  readonly moved: boolean;
}

/** The next runs as dates: where the policy is, and here. */
export function NextRuns({ runs, timeZone }: { readonly runs: readonly PlannedRun[]; readonly timeZone: string }) {
  const say = useWords(words);
  const language = useLanguage();
  return (
    <table className={s.runs} aria-label={say('nextRuns')}>
      <thead>
        <tr>
          <th scope="col">{say('inZone', { zone: timeZone })}</th>
          <th scope="col">{say('here')}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map(({ at, moved }) => (
          <tr key={at}>
            <td>
              {timeText(at, language, timeZone)}
              {moved && <div className={s.moved}>{say('moved')}</div>}
            </td>
            <td>{timeText(at, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
