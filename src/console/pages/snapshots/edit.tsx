import { useState } from 'react';
import { SnapshotRetentionDocument, SnapshotUpdateDocument } from '../../../generated/console-operations.ts';
import { useChange } from '../../api/ask.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { FormDialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { tagLines, tagsIn } from '../../ui/tags.ts';
import type { SnapshotDialogProps } from './snapshot.tsx';
import { words } from './words.ts';

export function EditSnapshot({ snapshot, onClose }: SnapshotDialogProps) {
  const say = useWords(words);
  const tell = useTell();
  const [name, setName] = useState(snapshot.name);
  const [description, setDescription] = useState(snapshot.description ?? '');
  const [tags, setTags] = useState(tagLines(snapshot.tags));
  const change = useChange(SnapshotUpdateDocument);
  const save = () =>
    change.mutate(
      {
        input: {
          snapshotId: snapshot.id,
          ...(name !== snapshot.name && { name }),
          description: description === '' ? null : description,
          tags: tagsIn(tags),
        },
      },
      {
        onSuccess: () => {
          tell({ text: say('saved', { name }) });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={say('edit')}
      act={say('save')}
      onSubmit={save}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
    >
      <TextInput label={say('name')} name="name" value={name} onChange={setName} autoFocus />
      <TextInput label={say('description')} name="description" value={description} onChange={setDescription} />
      <TextInput label={say('tags')} name="tags" help={say('tagsHelp')} lines={4} value={tags} onChange={setTags} />
    </FormDialog>
  );
}

const MOST_DAYS = 65_536;

export function SetRetention({ snapshot, onClose }: SnapshotDialogProps) {
  const say = useWords(words);
  const tell = useTell();
  const [days, setDays] = useState(snapshot.retentionDays === null ? '' : String(snapshot.retentionDays));
  const change = useChange(SnapshotRetentionDocument);
  const isWhole = days === '' || (/^\d{1,5}$/.test(days) && Number(days) >= 1 && Number(days) <= MOST_DAYS);
  const save = () =>
    change.mutate(
      { input: { snapshotId: snapshot.id, retentionDays: days === '' ? null : Number(days) } },
      {
        onSuccess: () => {
          tell({ text: say('retentionSet', { name: snapshot.name }) });
          onClose();
        },
      },
    );
  const why = isWhole ? undefined : say('wholeDays');
  return (
    <FormDialog
      title={say('retention')}
      act={say('save')}
      onSubmit={save}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
      why={why}
    >
      <TextInput
        label={say('retentionDays')}
        name="retentionDays"
        help={say('retentionHelp')}
        type="number"
        value={days}
        onChange={setDays}
        error={why}
        autoFocus
      />
    </FormDialog>
  );
}
