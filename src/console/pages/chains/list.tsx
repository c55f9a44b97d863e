import { Link } from 'react-aria-components';
import { ChainListDocument, type ChainListQuery } from '../../../generated/console-operations.ts';
import { useList } from '../../api/ask.ts';
import { useRegion, useTo } from '../../app/places.ts';
import { useWords } from '../../i18n/words.ts';
import { LinkButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Bytes, Num } from '../../ui/values.tsx';
import { words } from './words.ts';

type Row = ChainListQuery['chains']['nodes'][number];
const PAGE = 100;

export default function Chains() {
  const say = useWords(words);
  const to = useTo();
  const region = useRegion();
  const list = useList(
    ChainListDocument,
    { region, first: PAGE },
    { page: ({ chains }) => chains, unsettled: ({ capacity }) => capacity === null },
  );
  const nameOf = ({ id, disk }: Row) => disk?.name ?? say('released', { id });
  const columns: readonly Column<Row>[] = [
    {
      id: 'disk',
      title: say('disk'),
      width: '2fr',
      narrow: 'first',
      cell: (row) => <Link href={to('chains', row.id)}>{nameOf(row)}</Link>,
    },
    { id: 'count', title: say('snapshots'), align: 'end', cell: ({ snapshotCount }) => <Num value={snapshotCount} /> },
    {
      id: 'logical',
      title: say('logical'),
      align: 'end',
      narrow: 'first',
      cell: ({ capacity }) => <Bytes value={capacity?.logicalBytes ?? null} />,
    },
    {
      id: 'stored',
      title: say('stored'),
      align: 'end',
      cell: ({ capacity }) => <Bytes value={capacity?.storedBytes ?? null} />,
    },
    {
      id: 'trash',
      title: say('trash'),
      align: 'end',
      narrow: 'never',
      cell: ({ trash }) => <Num value={trash.count} />,
    },
  ];
  return (
    <Page title={say('title')}>
      <Table
        label={say('title')}
        columns={columns}
        rows={list.nodes}
        idOf={({ id }) => id}
        nameOf={nameOf}
        list={list}
        empty={
          <EmptyState title={say('noneYet')} actions={<LinkButton href={to('disks')}>{say('toDisks')}</LinkButton>}>
            {say('noneYetHelp')}
          </EmptyState>
        }
      />
    </Page>
  );
}
