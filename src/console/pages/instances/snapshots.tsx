import { Link } from 'react-aria-components';
import type { InstancePageQuery } from '../../../generated/console-operations.ts';
import { useTo } from '../../app/places.ts';
import { useWords } from '../../i18n/words.ts';
import { EmptyState } from '../../ui/notes.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Status } from '../../ui/status.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Bytes, Time } from '../../ui/values.tsx';
import { words } from './words.ts';

type Row = InstancePageQuery['snapshots']['nodes'][number];

/** Of all disks that are attached now, with their progress. */
export function Snapshots({ told }: { readonly told: InstancePageQuery }) {
  const say = useWords(words);
  const to = useTo();
  const columns: readonly Column<Row>[] = [
    {
      id: 'name',
      title: say('snapshot'),
      width: '2fr',
      narrow: 'first',
      cell: ({ id, name }) => <Link href={to('snapshots', id)}>{name}</Link>,
    },
    {
      id: 'disk',
      title: say('disk'),
      cell: ({ sourceDisk }) => <Link href={to('disks', sourceDisk.id)}>{sourceDisk.disk?.name ?? sourceDisk.id}</Link>,
    },
    {
      id: 'status',
      title: say('status'),
      width: '150px',
      narrow: 'first',
      cell: ({ status, progressPercent }) =>
        status === 'PROGRESSING' ? (
          <Progress label={say('PROGRESSING')} percent={progressPercent} hideLabel />
        ) : (
          <Status tone={status === 'FAILED' ? 'danger' : 'ok'}>{say(status)}</Status>
        ),
    },
    { id: 'kind', title: say('kind'), cell: ({ kind }) => say(kind) },
    { id: 'created', title: say('created'), cell: ({ createdAt }) => <Time at={createdAt} form="short" /> },
    {
      id: 'own',
      title: say('own'),
      width: '96px',
      align: 'end',
      narrow: 'first',
      cell: ({ sizes }) => <Bytes value={sizes?.ownBytes ?? null} />,
    },
  ];
  return (
    <Table
      label={say('snapshots')}
      columns={columns}
      rows={told.snapshots.nodes}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      empty={<EmptyState title={say('noSnapshots')} />}
    />
  );
}
