import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Icon, type IconName } from './icon.tsx';
import s from './status.module.css';

export type Tone = 'ok' | 'running' | 'warning' | 'danger' | 'idle';

const ICONS: Readonly<Record<Tone, IconName>> = {
  ok: 'check',
  running: 'ring',
  warning: 'triangle',
  danger: 'octagon',
  idle: 'dash',
};

/** An icon, a word and a colour: readable without any of the three. */
export function Status({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={cx(s.status, s[tone])}>
      <Icon name={ICONS[tone]} />
      <span>{children}</span>
    </span>
  );
}

/** A small label, as for tags and kinds. */
export function Chip({ children }: { readonly children: ReactNode }) {
  return <span className={s.chip}>{children}</span>;
}
