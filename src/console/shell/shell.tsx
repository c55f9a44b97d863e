import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Link } from 'react-aria-components';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { ApiError } from '../api/request.ts';
import { regionOf, toIn } from '../app/places.ts';
import { useSession } from '../app/session.ts';
import { useWords } from '../i18n/words.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { SelectInput } from '../ui/inputs.tsx';
import { Menu } from '../ui/menu.tsx';
import { Banner, EmptyState, Waiting } from '../ui/notes.tsx';
import { AREAS } from './areas.ts';
import { GoTo } from './go-to.tsx';
import { Guard } from './guard.tsx';
import { Navigation } from './navigation.tsx';
import { Preferences } from './preferences.tsx';
import s from './shell.module.css';
import { words } from './words.ts';

const Search = lazy(() => import('./search.tsx').then((file) => ({ default: file.Search })));
const GO_TO = /^\/go\/([^/]+)$/;

/** The frame around every page: bar, navigation, banners. */
export function Shell({ onSignOut }: { readonly onSignOut: () => void }) {
  const say = useWords(words);
  const { regions, viewer } = useSession();
  const [location, go] = useLocation();
  const [isOpen, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the drawer
  useEffect(() => setOpen(false), [location]);
  const first = regions.find(({ isDefault }) => isDefault)?.name ?? regions[0]?.name ?? '';
  const [, wantedId] = GO_TO.exec(location) ?? [];
  const [isSearching, setSearching] = useState(false);
  useSearchKeys(() => setSearching(true));
  if (wantedId !== undefined)
    return (
      <main id="content" className={s.main}>
        <GoTo id={decodeURIComponent(wantedId)} home={first} />
      </main>
    );
  const region = regionOf(location);
  if (region === undefined || !regions.some(({ name }) => name === region))
    return <Redirect to={toIn(first)} replace />;
  return (
    <>
      <a className={s.skip} href="#content">
        {say('skip')}
      </a>
      <header className={s.bar}>
        <span className={s.opener}>
          <Button kind="quiet" icon="menu" label={say('openMenu')} onPress={() => setOpen(!isOpen)} />
        </span>
        <Link href={toIn(region)} className={s.brand ?? ''}>
          Varve
        </Link>
        <div className={s.regions}>
          <SelectInput
            label={say('region')}
            hideLabel
            value={region}
            onChange={(next) => go(toIn(next))}
            choices={regions.map(({ name }) => ({ value: name, text: name }))}
          />
        </div>
        <span className={s.fill} />
        <Button kind="quiet" icon="search" label={say('searchKeys')} onPress={() => setSearching(true)} />
        {isSearching && (
          <Suspense fallback={null}>
            <Search region={region} onClose={() => setSearching(false)} />
          </Suspense>
        )}
        <Menu
          icon="user"
          label={`${viewer.account.name} · ${say('role', { role: viewer.role })}`}
          acts={[{ id: 'out', text: say('signOut'), onAct: onSignOut }]}
        />
      </header>
      <div className={s.frame}>
        <div className={isOpen ? s.drawerOpen : s.drawer}>
          <Navigation region={region} />
          <Preferences />
        </div>
        <main id="content" className={s.main} tabIndex={-1}>
          <Away />
          <Guard at={location}>
            <Suspense fallback={<Waiting lines={6} />}>
              <Pages region={region} />
            </Suspense>
          </Guard>
        </main>
      </div>
    </>
  );
}

/** Ctrl K, or Cmd K, wherever the focus is. */
function useSearchKeys(open: () => void): void {
  const latest = useRef(open);
  latest.current = open;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function Pages({ region }: { readonly region: string }) {
  const say = useWords(words);
  const base = '/r/:region';
  return (
    <Switch>
      {AREAS.flatMap((area) =>
        area.pages.map(({ path, page: Page }) => {
          const route = `${base}${area.path === '' ? '' : `/${area.path}`}${path}`;
          return (
            <Route key={route} path={route}>
              {(params) => <Page params={params as Record<string, string | undefined>} />}
            </Route>
          );
        }),
      )}
      <Route>
        <EmptyState
          title={say('notThere')}
          actions={
            <LinkButton href={toIn(region)} kind="primary">
              {say('toOverview')}
            </LinkButton>
          }
        />
      </Route>
    </Switch>
  );
}

const FAILURES_BEFORE_BANNER = 3;

/** Says so when the service has not answered several times. */
function Away() {
  const say = useWords(words);
  const queries = useQueryClient();
  const fetching = useIsFetching();
  const [failures, setFailures] = useState(0);
  useEffect(
    () =>
      queries.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated') return;
        if (event.action.type === 'success') setFailures(0);
        const error: unknown = event.action.type === 'error' ? event.action.error : undefined;
        if (error instanceof ApiError && error.code === 'Unreachable') setFailures((count) => count + 1);
      }),
    [queries],
  );
  return (
    <div aria-busy={fetching > 0}>
      {failures >= FAILURES_BEFORE_BANNER && <Banner tone="warning">{say('away')}</Banner>}
    </div>
  );
}
