import { relativeText } from '../../i18n/format.ts';
import { useLanguage, useWords } from '../../i18n/words.ts';
import { useNow } from '../../ui/now.ts';
import { Status } from '../../ui/status.tsx';
import { words } from './words.ts';

interface Stated {
  readonly enabled: boolean;
  readonly failingSince: string | null;
}

export function WebhookState({ webhook: { enabled, failingSince } }: { readonly webhook: Stated }) {
  const say = useWords(words);
  const language = useLanguage();
  const now = useNow();
  if (!enabled) return <Status tone="idle">{say('off')}</Status>;
  if (failingSince === null) return <Status tone="ok">{say('on')}</Status>;
  return <Status tone="danger">{say('failing', { since: relativeText(failingSince, now, language) })}</Status>;
}
