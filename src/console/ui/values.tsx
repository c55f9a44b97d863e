import { useState } from 'react';
import { bytesText, exactBytesText, numberText, relativeText, timeText } from '../i18n/format.ts';
import { useLanguage, useWords } from '../i18n/words.ts';
import { Button } from './button.tsx';
import { useNow } from './now.ts';
import s from './values.module.css';
import { words } from './words.ts';

/** Three digits and a unit; exact when pointed at. `null`: still being measured. */
export function Bytes({ value }: { readonly value: number | null }) {
  const language = useLanguage();
  if (value === null) return <Measuring />;
  return (
    <span className={s.number} title={exactBytesText(value, language)}>
      {bytesText(value, language)}
    </span>
  );
}

export function Num({ value, unit }: { readonly value: number; readonly unit?: string }) {
  const language = useLanguage();
  return (
    <span className={s.number}>
      {numberText(value, language)}
      {unit !== undefined && ` ${unit}`}
    </span>
  );
}

export function Measuring() {
  return <span className={s.measuring}>{useWords(words)('measuring')}</span>;
}

/** There is none: not zero, not unknown. */
export function None() {
  return <span className={s.none}>–</span>;
}

/**
 * Relative beside absolute, with the zone. `form="short"`: relative alone, absolute when pointed
 * at.
 */
export function Time({ at, form = 'both' }: { readonly at: string | null; readonly form?: 'both' | 'short' | 'date' }) {
  const language = useLanguage();
  const now = useNow();
  if (at === null) return <None />;
  const absolute = timeText(at, language);
  const relative = relativeText(at, now, language);
  return (
    <time dateTime={at} title={form === 'both' ? at : absolute} className={form === 'both' ? s.time : s.number}>
      {form === 'date' ? absolute : relative}
      {form === 'both' && <span className={s.absolute}> {absolute}</span>}
    </time>
  );
}

/** Monospaced, copied with one press. */
export function IdText({ id }: { readonly id: string }) {
  const say = useWords(words);
  const [copied, setCopied] = useState(false);
  return (
    <span className={s.id}>
      <code title={id}>{id}</code>
      <Button
        kind="quiet"
        icon={copied ? 'check' : 'copy'}
        label={`${say(copied ? 'copied' : 'copy')} ${id}`}
        onPress={() => {
          void navigator.clipboard.writeText(id).then(() => setCopied(true));
          setTimeout(() => setCopied(false), 2_000);
        }}
      />
    </span>
  );
}
