import { LOCALES, useLanguage, useWords } from '../../i18n/words.ts';
import { cx } from '../../ui/cx.ts';
import s from './grid.module.css';
import { words } from './words.ts';

export const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export interface GridProps {
  readonly hours: readonly number[];
  readonly weekdays: readonly number[];
  /** Absent: it only shows. */
  readonly onChange?: (schedule: { readonly hours: readonly number[]; readonly weekdays: readonly number[] }) => void;
}

/** A policy is hours times weekdays: the headings are pressed, the cells show where they cross. */
export function Grid({ hours, weekdays, onChange }: GridProps) {
  const say = useWords(words);
  const days = useDays();
  const two = (hour: number) => String(hour).padStart(2, '0');
  const heading = (text: string, name: string, isOn: boolean, toggle: () => void) =>
    onChange === undefined ? (
      <abbr title={name}>{text}</abbr>
    ) : (
      <button
        type="button"
        aria-pressed={isOn}
        {...(name.split(' ').includes(text) ? { 'aria-label': name } : { title: name })}
        className={cx(s.toggle, isOn && s.on)}
        onClick={toggle}
      >
        {text}
      </button>
    );
  return (
    <div className={s.scroll}>
      <table className={s.grid} aria-label={say('grid')}>
        <thead>
          <tr>
            <td />
            {HOURS.map((hour) => (
              <th key={hour} scope="col">
                {heading(two(hour), say('hour', { hour: two(hour) }), hours.includes(hour), () =>
                  onChange?.({ hours: toggled(hours, hour), weekdays }),
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WEEKDAYS.map((day) => (
            <tr key={day}>
              <th scope="row">
                {heading(days.short[day - 1] ?? '', days.long[day - 1] ?? '', weekdays.includes(day), () =>
                  onChange?.({ hours, weekdays: toggled(weekdays, day) }),
                )}
              </th>
              {HOURS.map((hour) => {
                const isOn = weekdays.includes(day) && hours.includes(hour);
                const at = { day: days.long[day - 1] ?? '', hour: `${two(hour)}:00` };
                return (
                  <td key={hour} className={cx(isOn && s.planned)}>
                    <span className="unseen">{say(isOn ? 'plannedAt' : 'quietAt', at)}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function toggled(values: readonly number[], value: number): readonly number[] {
  return values.includes(value) ? values.filter((each) => each !== value) : [...values, value].sort((a, b) => a - b);
}

/** Monday first. */
function useDays() {
  const locale = LOCALES[useLanguage()];
  const monday = Date.UTC(2024, 0, 1);
  const named = (weekday: 'short' | 'long') =>
    WEEKDAYS.map((day) =>
      new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(monday + (day - 1) * 86_400_000),
    );
  return { short: named('short'), long: named('long') };
}
