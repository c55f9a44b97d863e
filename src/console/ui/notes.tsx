import type { ReactNode } from 'react';
import type { ApiError } from '../api/request.ts';
import { useLanguage, useWords } from '../i18n/words.ts';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import s from './notes.module.css';
import { remedyOf } from './remedies.ts';
import type { Tone } from './status.tsx';
import { words } from './words.ts';

/** A sentence that stands above a page or in a dialog. */
export function Banner({
  tone,
  children,
  actions,
}: {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className={cx(s.banner, s[tone])} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon name={tone === 'danger' ? 'octagon' : tone === 'warning' ? 'triangle' : 'info'} />
      <div className={s.text}>{children}</div>
      {actions}
    </div>
  );
}

/** What went wrong, its code and request, and what can be done about it. */
export function ErrorNote({ error, onRetry }: { readonly error: ApiError; readonly onRetry?: () => void }) {
  const say = useWords(words);
  const language = useLanguage();
  return (
    <Banner
      tone="danger"
      {...(onRetry !== undefined && { actions: <Button onPress={onRetry}>{say('tryAgain')}</Button> })}
    >
      <p className={s.sentence}>{error.message}</p>
      <p>{remedyOf(error.code, language)}</p>
      <p className={s.small}>
        {say('code')} <code>{error.code}</code>
        {error.requestId !== undefined && (
          <>
            {' · '}
            {say('requestId')} <code>{error.requestId}</code>
          </>
        )}
      </p>
    </Banner>
  );
}

export interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** What leads onward. */
  readonly actions?: ReactNode;
}

/** Why there is nothing here: nothing yet, no match, or not for this role. */
export function EmptyState({ title, children, actions }: EmptyProps) {
  return (
    <div className={s.empty}>
      <p className={s.sentence}>{title}</p>
      {children !== undefined && <div className={s.muted}>{children}</div>}
      {actions}
    </div>
  );
}

/** Holds the place of what is on its way, so that nothing moves when it is there. */
export function Waiting({ lines = 3 }: { readonly lines?: number }) {
  const say = useWords(words);
  return (
    <div className={s.waiting} data-waiting role="status" aria-label={say('loading')}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: all are the same
        <div key={line} />
      ))}
    </div>
  );
}
