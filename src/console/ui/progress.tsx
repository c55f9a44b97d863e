import { Label, ProgressBar } from 'react-aria-components';
import { cx } from './cx.ts';
import s from './progress.module.css';

/** `percent` null: it goes on, and nobody knows how far. */
export function Progress({
  label,
  percent,
  hideLabel = false,
}: {
  readonly label: string;
  readonly percent: number | null;
  readonly hideLabel?: boolean;
}) {
  return (
    <ProgressBar className={cx(s.progress)} {...(percent === null ? { isIndeterminate: true } : { value: percent })}>
      {({ percentage, valueText }) => (
        <>
          <div className={s.words}>
            <Label className={hideLabel ? 'unseen' : ''}>{label}</Label>
            <span>{valueText}</span>
          </div>
          <div className={s.track}>
            <div className={cx(s.done, percent === null && s.moving)} style={{ width: `${percentage ?? 30}%` }} />
          </div>
        </>
      )}
    </ProgressBar>
  );
}
