import { useState } from 'react';
import {
  ImageDeleteDocument,
  ImageExportBeginDocument,
  type ImagePageQuery,
  ImageRestoreDocument,
  ImageShareDocument,
  ImageToDiskDocument,
  ImageUpdateDocument,
} from '../../../generated/console-operations.ts';
import { useChange } from '../../api/ask.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { ConfirmDialog, Consequences, FormDialog } from '../../ui/dialog.tsx';
import { SelectInput, TextInput } from '../../ui/inputs.tsx';
import { tagLines, tagsIn } from '../../ui/tags.ts';
import { words } from './words.ts';

export type Image = NonNullable<ImagePageQuery['image']>;

export interface ImageDialogProps {
  readonly image: Image;
  readonly onClose: () => void;
}

const linesOf = (text: string) => text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));

export function EditImage({ image, onClose }: ImageDialogProps) {
  const say = useWords(words);
  const tell = useTell();
  const [name, setName] = useState(image.name);
  const [description, setDescription] = useState(image.description ?? '');
  const [tags, setTags] = useState(tagLines(image.tags));
  const change = useChange(ImageUpdateDocument);
  const save = () =>
    change.mutate(
      {
        input: {
          imageId: image.id,
          ...(name !== image.name && { name }),
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

export function ShareImage({ image, onClose }: ImageDialogProps) {
  const say = useWords(words);
  const tell = useTell();
  const [accounts, setAccounts] = useState('');
  const change = useChange(ImageShareDocument);
  const share = () =>
    change.mutate(
      { input: { imageId: image.id, accountIds: linesOf(accounts) } },
      {
        onSuccess: () => {
          tell({ text: say('sharedNow') });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={say('share')}
      act={say('share')}
      onSubmit={share}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
    >
      <TextInput
        label={say('shareWith')}
        name="accountIds"
        help={say('shareHelp')}
        lines={4}
        value={accounts}
        onChange={setAccounts}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}

export function ImageToDisk({ image, onClose }: ImageDialogProps) {
  const say = useWords(words);
  const tell = useTell();
  const [name, setName] = useState('');
  const change = useChange(ImageToDiskDocument);
  const create = () =>
    change.mutate(
      { input: { imageId: image.id, region: image.region, ...(name !== '' && { name }) } },
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

const FORMATS = ['QCOW2', 'RAW'] as const;

export function ExportImage({ image, onClose }: ImageDialogProps) {
  const say = useWords(words);
  const tell = useTell();
  const [format, setFormat] = useState<(typeof FORMATS)[number]>('QCOW2');
  const [bucket, setBucket] = useState('');
  const change = useChange(ImageExportBeginDocument);
  const begin = () =>
    change.mutate(
      { input: { imageId: image.id, format, ...(bucket !== '' && { bucket }) } },
      {
        onSuccess: () => {
          tell({ text: say('exportBegun'), tone: 'running' });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={say('export')}
      act={say('export')}
      onSubmit={begin}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
    >
      <SelectInput
        label={say('format')}
        name="format"
        value={format}
        choices={FORMATS.map((value) => ({ value, text: say(value) }))}
        onChange={setFormat}
      />
      <TextInput label={say('bucket')} name="bucket" help={say('bucketHelp')} value={bucket} onChange={setBucket} />
    </FormDialog>
  );
}

export function DeleteImage({ image: { id, name }, onClose }: ImageDialogProps) {
  const say = useWords(words);
  const tell = useTell();
  const change = useChange(ImageDeleteDocument);
  const restore = useChange(ImageRestoreDocument);
  const undo = () =>
    restore.later(
      { input: { ids: [id] } },
      {
        onSuccess: () => tell({ text: say('isBack', { name }) }),
        onError: (error) => tell({ text: say('undo'), error }),
      },
    );
  return (
    <ConfirmDialog
      title={say('deleteTitle', { name })}
      act={say('deleteTitle', { name })}
      friction="recoverable"
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
      onConfirm={() =>
        change.mutate(
          { input: { imageId: id } },
          {
            onSuccess: ({ deleteImage: { restorableUntil } }) => {
              tell({
                text: say('deleted', { name }),
                ...(restorableUntil !== null && { undo }),
              });
              onClose();
            },
          },
        )
      }
    >
      <Consequences
        goes={say('deleteGoes')}
        stays={say('deleteStays')}
        freed={say('deleteFreed')}
        until={say('deleteUntil')}
      />
    </ConfirmDialog>
  );
}
