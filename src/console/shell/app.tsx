import { QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { useLocation } from 'wouter';
import { SessionDocument } from '../../generated/console-operations.ts';
import { createQueries, useAsk } from '../api/ask.ts';
import { ApiError, session as remote } from '../api/request.ts';
import { SessionContext } from '../app/session.ts';
import { firstLanguage, keepLanguage, showLanguage } from '../app/theme.ts';
import { Tray } from '../app/tray.tsx';
import { type Language, LanguageContext, LOCALES } from '../i18n/words.ts';
import { ErrorNote, Waiting } from '../ui/notes.tsx';
import { Guard } from './guard.tsx';
import { LanguageSwitch } from './language-switch.ts';
import { Shell } from './shell.tsx';
import { SignIn } from './sign-in.tsx';

const queries = createQueries();
/** The secret of a link is taken from the address before anything else runs, and is used once. */
const link = takeLink();

function takeLink(): string | undefined {
  const [, secret] = /^#link=(.+)$/.exec(location.hash) ?? [];
  if (secret === undefined) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  return decodeURIComponent(secret);
}

export function App() {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  const [, go] = useLocation();
  useEffect(() => showLanguage(language), [language]);
  const change = useCallback((next: Language) => {
    keepLanguage(next);
    setLanguage(next);
  }, []);
  return (
    <I18nProvider locale={LOCALES[language]}>
      <LanguageContext value={language}>
        <LanguageSwitch value={change}>
          <RouterProvider navigate={go}>
            <QueryClientProvider client={queries}>
              <Guard>
                <Tray>
                  <Entrance />
                </Tray>
              </Guard>
            </QueryClientProvider>
          </RouterProvider>
        </LanguageSwitch>
      </LanguageContext>
    </I18nProvider>
  );
}

type State = 'asking' | 'in' | 'out' | 'link-used' | 'ended';

function Entrance() {
  const [state, setState] = useState<State>('asking');
  const [failure, setFailure] = useState<ApiError>();
  const queryClient = useQueryClient();
  const begin = useCallback(() => {
    setFailure(undefined);
    enter().then(setState, (error: unknown) => setFailure(error as ApiError));
  }, []);
  useEffect(begin, [begin]);
  const leave = useCallback(
    (next: 'out' | 'ended') => {
      queryClient.clear();
      setState(next);
    },
    [queryClient],
  );
  if (failure !== undefined) return <ErrorNote error={failure} onRetry={begin} />;
  if (state === 'asking') return <Waiting />;
  if (state === 'in') return <Inside onLeave={leave} />;
  return <SignIn reason={state} onDone={() => setState('in')} />;
}

async function enter(): Promise<State> {
  if (link !== undefined) {
    try {
      await remote.signIn({ link });
      return 'in';
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'Unauthenticated') throw error;
      return (await remote.isSignedIn()) ? 'in' : 'link-used';
    }
  }
  return (await remote.isSignedIn()) ? 'in' : 'out';
}

function Inside({ onLeave }: { readonly onLeave: (state: 'out' | 'ended') => void }) {
  const session = useAsk(SessionDocument, {}, { live: false });
  const queryClient = useQueryClient();
  useEffect(
    () =>
      // A page was refused as its cookie no longer counts.
      queryClient.getQueryCache().subscribe((event) => {
        const error: unknown = event.query.state.error;
        if (error instanceof ApiError && error.code === 'Unauthenticated') onLeave('ended');
      }),
    [queryClient, onLeave],
  );
  if (session.data === undefined) {
    if (session.error === null) return <Waiting />;
    return <ErrorNote error={session.error} onRetry={() => void session.refetch()} />;
  }
  return (
    <SessionContext value={session.data}>
      <Shell onSignOut={() => void remote.signOut().then(() => onLeave('out'))} />
    </SessionContext>
  );
}
