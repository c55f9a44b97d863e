import { Link } from 'react-aria-components';
import {
  BillAdviceDocument,
  type BillAdviceQuery,
  BillForgottenDocument,
  type BillForgottenQuery,
  BillUnprotectedDocument,
  type BillUnprotectedQuery,
} from '../../../generated/console-operations.ts';
import { useList } from '../../api/ask.ts';
import { useTo } from '../../app/places.ts';
import { useWords } from '../../i18n/words.ts';
import { EmptyState } from '../../ui/notes.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Bytes, None, Time } from '../../ui/values.tsx';
import { words } from './words.ts';

type Snapshot = BillForgottenQuery['forgottenSnapshots']['nodes'][number];
type Disk = BillUnprotectedQuery['unprotectedDisks']['nodes'][number];
type Advice = BillAdviceQuery['advice']['nodes'][number];
type Option = Advice['options'][number] & { readonly disk: Advice['disk'] };

interface AdviceProps {
  readonly region: string;
}

/** A row for each policy that a disk could have. */
export function SparserPolicies({ region }: AdviceProps) {
  const say = useWords(words);
  const to = useTo();
  const list = useList(BillAdviceDocument, { region, first: 5 }, { page: ({ advice }) => advice });
  const rows = list.nodes?.flatMap(({ disk, options }) => options.map((option): Option => ({ ...option, disk })));
  const columns: readonly Column<Option>[] = [
    {
      id: 'disk',
      title: say('disk'),
      width: '1.5fr',
      narrow: 'first',
      cell: ({ disk: { id, name } }) => <Link href={to('disks', id)}>{name}</Link>,
    },
    { id: 'option', title: say('option'), width: '1.5fr', narrow: 'first', cell: ({ option }) => say(option) },
    { id: 'loss', title: say('worstLoss'), cell: ({ worstLossHours }) => say('lossHours', { count: worstLossHours }) },
    {
      id: 'takes',
      title: say('takes'),
      align: 'end',
      cell: ({ storedBytes }) => (storedBytes === null ? say('tooLittle') : <Bytes value={storedBytes} />),
    },
    {
      id: 'saves',
      title: say('saves'),
      align: 'end',
      narrow: 'first',
      cell: ({ savedBytes }) => (savedBytes === null || savedBytes <= 0 ? <None /> : <Bytes value={savedBytes} />),
    },
  ];
  return (
    <Table
      label={say('policies')}
      columns={columns}
      rows={rows}
      idOf={({ disk, option }) => `${disk.id} ${option}`}
      nameOf={({ disk, option }) => `${disk.name} ${say(option)}`}
      list={list}
      empty={<EmptyState title={say('noAdvice')} />}
    />
  );
}

export function Forgotten({ region }: AdviceProps) {
  const say = useWords(words);
  const to = useTo();
  const list = useList(
    BillForgottenDocument,
    { region, first: 20 },
    { page: ({ forgottenSnapshots }) => forgottenSnapshots },
  );
  const columns: readonly Column<Snapshot>[] = [
    {
      id: 'snapshot',
      title: say('snapshot'),
      width: '2fr',
      narrow: 'first',
      cell: ({ snapshot: { id, name } }) => <Link href={to('snapshots', id)}>{name}</Link>,
    },
    { id: 'age', title: say('age'), narrow: 'first', cell: ({ ageDays }) => say('days', { count: ageDays }) },
    {
      id: 'freed',
      title: say('freed'),
      align: 'end',
      cell: ({ freedBytes }) => (freedBytes === null ? say('tooLittle') : <Bytes value={freedBytes} />),
    },
  ];
  return (
    <Table
      label={say('forgotten')}
      columns={columns}
      rows={list.nodes}
      idOf={({ snapshot }) => snapshot.id}
      nameOf={({ snapshot }) => snapshot.name}
      list={list}
      empty={<EmptyState title={say('noForgotten')} />}
    />
  );
}

export function Unprotected({ region }: AdviceProps) {
  const say = useWords(words);
  const to = useTo();
  const list = useList(
    BillUnprotectedDocument,
    { region, first: 20 },
    { page: ({ unprotectedDisks }) => unprotectedDisks },
  );
  const columns: readonly Column<Disk>[] = [
    {
      id: 'disk',
      title: say('disk'),
      width: '1.5fr',
      narrow: 'first',
      cell: ({ disk: { id, name } }) => <Link href={to('disks', id)}>{name}</Link>,
    },
    {
      id: 'newest',
      title: say('newest'),
      narrow: 'first',
      cell: ({ newestSnapshot }) => <Time at={newestSnapshot?.createdAt ?? null} form="short" />,
    },
    { id: 'advised', title: say('advised'), width: '1.5fr', cell: ({ purpose }) => <Advised purpose={purpose} /> },
    {
      id: 'freed',
      title: say('freed'),
      align: 'end',
      cell: ({ freedBytes }) => (freedBytes === null ? say('tooLittle') : <Bytes value={freedBytes} />),
    },
  ];
  return (
    <Table
      label={say('unprotected')}
      columns={columns}
      rows={list.nodes}
      idOf={({ disk }) => disk.id}
      nameOf={({ disk }) => disk.name}
      list={list}
      empty={<EmptyState title={say('noUnprotected')} />}
    />
  );
}

function Advised({ purpose: { everyDays, keepDays } }: { readonly purpose: Disk['purpose'] }) {
  const say = useWords(words);
  const keep = say('days', { count: keepDays });
  return <span>{everyDays === null ? say('beforeChange', { keep }) : say('every', { count: everyDays, keep })}</span>;
}
