import { Link } from 'react-aria-components';
import { InstanceDetachDocument } from '../../../generated/console-operations.ts';
import { useChange } from '../../api/ask.ts';
import { useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Bytes, Time } from '../../ui/values.tsx';
import { DiskState, Protection } from '../disks/states.tsx';
import type { Instance } from './instance.tsx';
import { words } from './words.ts';

type Row = Instance['dataDisks'][number];

export function Disks({ instance }: { readonly instance: Instance }) {
  const say = useWords(words);
  const to = useTo();
  const can = useCan();
  const tell = useTell();
  const change = useChange(InstanceDetachDocument);
  const detach = (disk: Row) =>
    change.mutate(
      { input: { diskId: disk.id, instanceId: instance.id } },
      {
        onSuccess: () => tell({ text: say('detached', { name: disk.name }) }),
        onError: (error) => tell({ text: say('detach'), error }),
      },
    );
  const columns: readonly Column<Row>[] = [
    {
      id: 'name',
      title: say('disk'),
      width: '2fr',
      narrow: 'first',
      cell: ({ id, name }) => <Link href={to('disks', id)}>{name}</Link>,
    },
    { id: 'kind', title: say('kind'), cell: ({ kind }) => say(kind === 'SYSTEM' ? 'system' : 'data') },
    { id: 'status', title: say('status'), cell: ({ status }) => <DiskState status={status} /> },
    { id: 'protection', title: say('guarded'), cell: ({ protection }) => <Protection protection={protection} /> },
    {
      id: 'newest',
      title: say('newest'),
      narrow: 'never',
      cell: ({ protection }) => <Time at={protection?.newestUsableAt ?? null} form="short" />,
    },
    {
      id: 'with',
      title: say('withInstance'),
      narrow: 'never',
      cell: ({ kind, deleteWithInstance }) => say(kind === 'SYSTEM' || deleteWithInstance ? 'yes' : 'no'),
    },
    {
      id: 'size',
      title: say('size'),
      width: '90px',
      align: 'end',
      narrow: 'first',
      cell: ({ sizeBytes }) => <Bytes value={sizeBytes} />,
    },
    {
      id: 'acts',
      title: say('acts'),
      width: '110px',
      narrow: 'first',
      cell: (disk) =>
        can('detachDisk') &&
        disk.kind === 'DATA' &&
        instance.kind === 'MACHINE' && (
          <Button kind="quiet" onPress={() => detach(disk)}>
            {say('detach')}
          </Button>
        ),
    },
  ];
  const rows = instance.systemDisk === null ? instance.dataDisks : [instance.systemDisk, ...instance.dataDisks];
  return (
    <Table
      label={say('disks')}
      columns={columns}
      rows={rows}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      empty={<EmptyState title={say('releaseNone')} />}
    />
  );
}
