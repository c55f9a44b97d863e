import { Link } from 'react-aria-components';
import { DamageObjectsDocument, type DamageObjectsQuery } from '../../../generated/console-operations.ts';
import { useList } from '../../api/ask.ts';
import { useTo } from '../../app/places.ts';
import { useWords } from '../../i18n/words.ts';
import { Banner, EmptyState } from '../../ui/notes.tsx';
import { Status } from '../../ui/status.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { IdText, Time } from '../../ui/values.tsx';
import { words } from './words.ts';

type Row = DamageObjectsQuery['damagedObjects']['nodes'][number];

const AREAS: Readonly<Record<string, string>> = { d: 'disks', s: 'snapshots', m: 'images' };

export function Objects({ region, healed }: { readonly region: string; readonly healed: boolean }) {
  const say = useWords(words);
  const list = useList(
    DamageObjectsDocument,
    { region, healed, first: 200 },
    { page: ({ damagedObjects }) => damagedObjects },
  );
  const columns: readonly Column<Row>[] = [
    {
      id: 'object',
      title: say('object'),
      width: '1.5fr',
      narrow: 'first',
      cell: ({ objectId }) => <IdText id={objectId} />,
    },
    {
      id: 'state',
      title: say('state'),
      width: '130px',
      narrow: 'first',
      cell: ({ healedAt }) =>
        healedAt === null ? (
          <Status tone="danger">{say('isDamaged')}</Status>
        ) : (
          <Status tone="ok">{say('healed')}</Status>
        ),
    },
    {
      id: 'reason',
      title: say('reason'),
      cell: ({ reason, isPage }) => (isPage ? `${reason}, ${say('page')}` : reason),
    },
    { id: 'places', title: say('places'), width: '2fr', cell: (row) => <Places row={row} /> },
    { id: 'found', title: say('found'), width: '130px', cell: ({ foundAt }) => <Time at={foundAt} form="short" /> },
  ];
  const isDamaged = list.nodes?.some(({ healedAt }) => healedAt === null) === true;
  return (
    <>
      {isDamaged && <Banner tone="danger">{say('whatToDo')}</Banner>}
      <Table
        label={say('title')}
        columns={columns}
        rows={list.nodes}
        idOf={({ objectId, foundAt }) => `${objectId} ${foundAt}`}
        nameOf={({ objectId }) => objectId}
        list={list}
        empty={<EmptyState title={say('none')}>{say('noneHelp')}</EmptyState>}
      />
    </>
  );
}

function Places({ row: { places, placeCount } }: { readonly row: Row }) {
  const say = useWords(words);
  const to = useTo();
  const more = (placeCount ?? places.length) - places.length;
  return (
    <>
      {places.map(({ id }, at) => {
        const area = AREAS[id.split('-')[0] ?? ''];
        return (
          <span key={id}>
            {at > 0 && ', '}
            {area === undefined ? id : <Link href={to(area, id)}>{id}</Link>}
          </span>
        );
      })}
      {more > 0 && ` ${say('more', { count: more })}`}
    </>
  );
}
