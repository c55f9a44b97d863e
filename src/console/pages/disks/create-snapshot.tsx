import { useState } from 'react';
import { DiskSnapshotDocument } from '../../../generated/console-operations.ts';
import { useChange } from '../../api/ask.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { FormDialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import type { Disk } from './disk.tsx';
import { words } from './words.ts';

export interface DiskDialogProps {
  readonly disk: Disk;
  readonly onClose: () => void;
}

export function CreateSnapshot({ disk, onClose }: DiskDialogProps) {
  const say = useWords(words);
  const tell = useTell();
  const [name, setName] = useState('');
  const change = useChange(DiskSnapshotDocument);
  const create = () =>
    change.mutate(
      { input: { diskId: disk.id, ...(name !== '' && { name }) } },
      {
        onSuccess: ({ createSnapshot: { snapshot } }) => {
          tell({ text: say('snapshotMade', { name: snapshot.name }) });
          setName('');
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={say('createSnapshot')}
      act={say('createSnapshot')}
      onSubmit={create}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
    >
      <TextInput
        label={say('snapshotName')}
        name="name"
        help={say('snapshotNameHelp')}
        value={name}
        onChange={setName}
        autoFocus
      />
    </FormDialog>
  );
}
