import { useEffect, useState } from 'react';
import {
  Menu as AriaMenu,
  Autocomplete,
  Header,
  Input,
  MenuItem,
  MenuSection,
  SearchField,
} from 'react-aria-components';
import { useLocation } from 'wouter';
import { SearchByNameDocument, WhereIsDocument } from '../../generated/console-operations.ts';
import { useAsk } from '../api/ask.ts';
import { toIn } from '../app/places.ts';
import { useCan } from '../app/session.ts';
import { useLanguage, useWords } from '../i18n/words.ts';
import { cx } from '../ui/cx.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import s from '../ui/inputs.module.css';
import { ErrorNote } from '../ui/notes.tsx';
import { AREAS } from './areas.ts';
import { isId, placeOf } from './where-is.ts';
import { words } from './words.ts';

/** Nobody is asked while somebody types. */
const PAUSE_MS = 200;
const OBJECT_AREAS = ['disks', 'snapshots', 'instances', 'images', 'policies'] as const;

interface Hit {
  readonly href: string;
  readonly text: string;
  readonly more?: string;
}

interface SearchProps {
  readonly region: string;
  readonly onClose: () => void;
}

/** Goes to a page by its title, and to an object by its id or the beginning of its name. */
export function Search({ region, onClose }: SearchProps) {
  const say = useWords(words);
  const language = useLanguage();
  const [, go] = useLocation();
  const [text, setText] = useState('');
  const pages = usePages(region, text);
  const { objects, error } = useObjects(region, text.trim());
  const sections = [
    { id: 'pages', title: say('pages'), icon: undefined, hits: pages },
    ...OBJECT_AREAS.map((path) => {
      const area = AREAS.find((one) => one.path === path);
      return { id: path, title: area?.title[language] ?? path, icon: area?.icon, hits: objects[path] };
    }),
  ].filter(({ hits }) => hits.length > 0);
  return (
    <Dialog title={say('search')} onClose={onClose}>
      <Autocomplete inputValue={text} onInputChange={setText}>
        <SearchField aria-label={say('searchFor')} autoFocus className={cx(s.field)}>
          <Input className={cx(s.input)} placeholder={say('searchFor')} />
        </SearchField>
        {error !== null && <ErrorNote error={error} />}
        <AriaMenu
          aria-label={say('found')}
          className={cx(s.list)}
          renderEmptyState={() => say('nothingFound')}
          onAction={(href) => {
            onClose();
            go(String(href));
          }}
        >
          {sections.map(({ id, title, icon, hits }) => (
            <MenuSection key={id} id={id}>
              <Header className={cx(s.help)}>{title}</Header>
              {hits.map(({ href, text: name, more }) => (
                <MenuItem key={href} id={href} textValue={name} className={cx(s.item)}>
                  <span>
                    {icon !== undefined && <Icon name={icon} />} {name}
                  </span>
                  {more !== undefined && <span className={s.help}>{more}</span>}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Autocomplete>
    </Dialog>
  );
}

function usePages(region: string, text: string): readonly Hit[] {
  const language = useLanguage();
  const can = useCan();
  const wanted = text.trim().toLocaleLowerCase();
  return AREAS.filter(({ needs }) => needs === undefined || can(needs))
    .filter(({ title }) => title[language].toLocaleLowerCase().includes(wanted))
    .map(({ path, title }) => ({ href: path === '' ? toIn(region) : toIn(region, path), text: title[language] }));
}

type Objects = Readonly<Record<(typeof OBJECT_AREAS)[number], readonly Hit[]>>;
const NO_OBJECTS: Objects = { disks: [], snapshots: [], instances: [], images: [], policies: [] };

function useObjects(region: string, text: string) {
  const wanted = usePaused(text);
  const byId = useAsk(WhereIsDocument, { id: wanted }, { live: false, enabled: isId(wanted) });
  const byName = useAsk(
    SearchByNameDocument,
    { region, prefix: wanted },
    { live: false, enabled: wanted !== '' && !isId(wanted) },
  );
  const error = byId.error ?? byName.error;
  const node = byId.data?.node;
  if (isId(wanted) && node != null) {
    const name = 'name' in node ? node.name : node.id;
    const hit = { href: placeOf(node), text: name, more: node.id };
    const area = OBJECT_AREAS.find((path) => hit.href.includes(`/${path}/`)) ?? 'disks';
    return { objects: { ...NO_OBJECTS, [area]: [hit] } as Objects, error };
  }
  const found = byName.data;
  if (found === undefined || wanted === '' || isId(wanted)) return { objects: NO_OBJECTS, error };
  const hitsOf = (area: (typeof OBJECT_AREAS)[number]): readonly Hit[] =>
    found[area].nodes.map(({ id, name }) => ({ href: toIn(region, area, id), text: name, more: id }));
  const objects: Objects = {
    disks: hitsOf('disks'),
    snapshots: hitsOf('snapshots'),
    instances: hitsOf('instances'),
    images: hitsOf('images'),
    policies: hitsOf('policies'),
  };
  return { objects, error };
}

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}
