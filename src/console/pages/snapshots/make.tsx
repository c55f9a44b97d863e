import { useState } from 'react';
import {
  SnapshotToDiskDocument,
  SnapshotToImageDocument,
  SnapshotToRegionDocument,
} from '../../../generated/console-operations.ts';
import { useChange } from '../../api/ask.ts';
import { useSession } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { FormDialog } from '../../ui/dialog.tsx';
import { SelectInput, TextInput } from '../../ui/inputs.tsx';
import type { SnapshotDialogProps } from './snapshot.tsx';
import { words } from './words.ts';

export function MakeDisk({ snapshot, onClose }: SnapshotDialogProps) {
  const say = useWords(words);
  const tell = useTell();
  const [name, setName] = useState('');
  const change = useChange(SnapshotToDiskDocument);
  const create = () =>
    change.mutate(
      { input: { snapshotId: snapshot.id, ...(name !== '' && { name }) } },
      {
        onSuccess: ({ createDisk: { disk } }) => {
          tell({ text: say('diskMade', { name: disk.name }) });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={say('toDisk')}
      act={say('toDisk')}
      onSubmit={create}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
    >
      <TextInput label={say('diskName')} name="name" help={say('nameHelp')} value={name} onChange={setName} autoFocus />
    </FormDialog>
  );
}

export function MakeImage({ snapshot, onClose }: SnapshotDialogProps) {
  const say = useWords(words);
  const tell = useTell();
  const [name, setName] = useState('');
  const change = useChange(SnapshotToImageDocument);
  const create = () =>
    change.mutate(
      { input: { snapshotId: snapshot.id, ...(name !== '' && { name }) } },
      {
        onSuccess: ({ createImage: { image } }) => {
          tell({ text: say('imageMade', { name: image.name }) });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={say('toImage')}
      act={say('toImage')}
      onSubmit={create}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
    >
      <TextInput
        label={say('imageName')}
        name="name"
        help={say('nameHelp')}
        value={name}
        onChange={setName}
        autoFocus
      />
    </FormDialog>
  );
}

export function CopyToRegion({ snapshot, onClose }: SnapshotDialogProps) {
  const say = useWords(words);
  const tell = useTell();
  const others = useSession().regions.filter(({ name }) => name !== snapshot.region);
  const [region, setRegion] = useState(others[0]?.name ?? '');
  const change = useChange(SnapshotToRegionDocument);
  const create = () =>
    change.mutate(
      { input: { snapshotId: snapshot.id, toRegion: region } },
      {
        onSuccess: () => {
          tell({ text: say('copyBegun', { region }), tone: 'running' });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={say('toRegion')}
      act={say('toRegion')}
      onSubmit={create}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
    >
      <SelectInput
        label={say('region')}
        name="toRegion"
        value={region}
        choices={others.map(({ name }) => ({ value: name, text: name }))}
        onChange={setRegion}
      />
    </FormDialog>
  );
}
