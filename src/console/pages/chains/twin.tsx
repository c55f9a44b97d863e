import { Link } from 'react-aria-components';
import { useTo } from '../../app/places.ts';
import { useWords } from '../../i18n/words.ts';
import { type Column, Table } from '../../ui/table.tsx';
import { Bytes, None, Time } from '../../ui/values.tsx';
import type { Chain, ChainNode } from './chain.tsx';
import { marksOf } from './marks.ts';
import { words } from './words.ts';

/** The picture as a table: the same figures, for who does not see it. */
export function Twin({ chain }: { readonly chain: Chain }) {
  const say = useWords(words);
  const to = useTo();
  const names = new Map(chain.nodes.nodes.map(({ snapshot }) => [snapshot.id, snapshot.name]));
  const columns: readonly Column<ChainNode>[] = [
    {
      id: 'name',
      title: say('name'),
      width: '2fr',
      narrow: 'first',
      cell: ({ snapshot }) => <Link href={to('snapshots', snapshot.id)}>{snapshot.name}</Link>,
    },
    {
      id: 'parent',
      title: say('parent'),
      narrow: 'never',
      cell: ({ parentId }) => (parentId === null ? <None /> : (names.get(parentId) ?? parentId)),
    },
    { id: 'taken', title: say('taken'), cell: ({ snapshot }) => <Time at={snapshot.createdAt} form="short" /> },
    {
      id: 'marks',
      title: say('marks'),
      cell: ({ snapshot }) =>
        marksOf(snapshot)
          .map((mark) => say(mark))
          .join(', '),
    },
    {
      id: 'own',
      title: say('own'),
      align: 'end',
      narrow: 'first',
      cell: ({ sizes }) => <Bytes value={sizes?.ownBytes ?? null} />,
    },
    {
      id: 'shared',
      title: say('shared'),
      align: 'end',
      cell: ({ sizes }) => <Bytes value={sizes?.sharedBytes ?? null} />,
    },
  ];
  return (
    <Table
      label={say('picture')}
      columns={columns}
      rows={chain.nodes.nodes}
      idOf={({ snapshot }) => snapshot.id}
      nameOf={({ snapshot }) => snapshot.name}
      empty={null}
    />
  );
}
