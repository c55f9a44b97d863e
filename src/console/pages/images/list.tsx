import { Link } from 'react-aria-components';
import {
  ImageListDocument,
  type ImageListQuery,
  ImageSharedDocument,
  type ImageSharedQuery,
} from '../../../generated/console-operations.ts';
import { useList } from '../../api/ask.ts';
import { useQueryState, useRegion, useTo } from '../../app/places.ts';
import { useWords } from '../../i18n/words.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Bytes, Time } from '../../ui/values.tsx';
import { words } from './words.ts';

type Own = ImageListQuery['images']['nodes'][number];
type Shared = ImageSharedQuery['sharedImages']['nodes'][number];

const PAGE = 200;

export default function Images() {
  const say = useWords(words);
  const to = useTo();
  const [query] = useQueryState();
  const at = query.get('whose') === 'shared' ? 'sharedWithUs' : 'own';
  const tabs = [
    { id: 'own', title: say('own'), href: to('images') },
    { id: 'sharedWithUs', title: say('sharedWithUs'), href: `${to('images')}?whose=shared` },
  ];
  return (
    <Page title={say('title')}>
      <Tabs tabs={tabs} at={at} label={say('whose')}>
        {at === 'own' ? <OwnImages /> : <SharedImages />}
      </Tabs>
    </Page>
  );
}

function OwnImages() {
  const say = useWords(words);
  const to = useTo();
  const region = useRegion();
  const [query, setQuery] = useQueryState();
  const name = query.get('name') ?? '';
  const list = useList(
    ImageListDocument,
    { region, first: PAGE, filter: name === '' ? null : { nameContains: name } },
    { page: ({ images }) => images },
  );
  const shares: Column<Own> = {
    id: 'shares',
    title: say('shares'),
    cell: ({ sharedWith: { length } }) => (length === 0 ? say('nobody') : say('accounts', { count: length })),
  };
  return (
    <>
      <TextInput
        label={say('search')}
        hideLabel
        placeholder={say('search')}
        type="search"
        value={name}
        onChange={(next) => setQuery({ name: next })}
      />
      <Table
        label={say('own')}
        columns={useColumns<Own>(shares)}
        rows={list.nodes}
        idOf={({ id }) => id}
        nameOf={(image) => image.name}
        list={list}
        empty={
          name === '' ? (
            <EmptyState
              title={say('noneYet')}
              actions={<LinkButton href={to('snapshots')}>{say('toSnapshots')}</LinkButton>}
            >
              {say('noneYetHelp')}
            </EmptyState>
          ) : (
            <EmptyState
              title={say('noMatch')}
              actions={<Button onPress={() => setQuery({ name: undefined })}>{say('clear')}</Button>}
            />
          )
        }
      />
    </>
  );
}

function SharedImages() {
  const say = useWords(words);
  const region = useRegion();
  const list = useList(ImageSharedDocument, { region, first: PAGE }, { page: ({ sharedImages }) => sharedImages });
  const owner: Column<Shared> = { id: 'owner', title: say('owner'), cell: ({ ownerAccountId }) => ownerAccountId };
  return (
    <Table
      label={say('sharedWithUs')}
      columns={useColumns<Shared>(owner)}
      rows={list.nodes}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      list={list}
      empty={<EmptyState title={say('noShared')} />}
    />
  );
}

type Common = Pick<Own, 'id' | 'name' | 'diskKind' | 'sizeBytes' | 'createdAt'>;

function useColumns<Row extends Common>(further: Column<Row>): readonly Column<Row>[] {
  const say = useWords(words);
  const to = useTo();
  return [
    {
      id: 'name',
      title: say('name'),
      width: '2fr',
      narrow: 'first',
      cell: ({ id, name }) => <Link href={to('images', id)}>{name}</Link>,
    },
    { id: 'kind', title: say('kind'), narrow: 'first', cell: ({ diskKind }) => say(diskKind) },
    further,
    { id: 'created', title: say('created'), cell: ({ createdAt }) => <Time at={createdAt} form="short" /> },
    {
      id: 'size',
      title: say('size'),
      width: '100px',
      align: 'end',
      narrow: 'first',
      cell: ({ sizeBytes }) => <Bytes value={sizeBytes} />,
    },
  ];
}
