import { Redirect } from 'wouter';
import { WhereIsDocument } from '../../generated/console-operations.ts';
import { useAsk } from '../api/ask.ts';
import { toIn } from '../app/places.ts';
import { useWords } from '../i18n/words.ts';
import { LinkButton } from '../ui/button.tsx';
import { EmptyState, ErrorNote, Waiting } from '../ui/notes.tsx';
import { placeOf } from './where-is.ts';
import { words } from './words.ts';

/** `/go/<id>` leads to the page of an object, for links of those that know nothing but its id. */
export function GoTo({ id, home }: { readonly id: string; readonly home: string }) {
  const say = useWords(words);
  const found = useAsk(WhereIsDocument, { id }, { live: false });
  if (found.error !== null) return <ErrorNote error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Waiting lines={6} />;
  if (found.data.node !== null) return <Redirect to={placeOf(found.data.node)} replace />;
  return (
    <EmptyState
      title={say('noSuchId', { id })}
      actions={
        <LinkButton href={toIn(home)} kind="primary">
          {say('toOverview')}
        </LinkButton>
      }
    />
  );
}
