import { useState } from 'react';
import { DiskUpdateDocument } from '../../../generated/console-operations.ts';
import { useChange } from '../../api/ask.ts';
import { useCan } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Form } from '../../ui/form.tsx';
import { CheckInput, TextInput } from '../../ui/inputs.tsx';
import { Section } from '../../ui/page.tsx';
import { Chip } from '../../ui/status.tsx';
import type { Disk } from './disk.tsx';
import { words } from './words.ts';

export function Properties({ disk }: { readonly disk: Disk }) {
  const say = useWords(words);
  const can = useCan();
  if (can('updateDisk')) {
    return (
      <Section>
        <Change disk={disk} />
      </Section>
    );
  }
  return (
    <Section title={say('tags')}>
      {disk.tags.map(({ key, value }) => (
        <Chip key={key}>{`${key}=${value}`}</Chip>
      ))}
    </Section>
  );
}

function Change({ disk }: { readonly disk: Disk }) {
  const say = useWords(words);
  const tell = useTell();
  const [name, setName] = useState(disk.name);
  const [tags, setTags] = useState(disk.tags.map(({ key, value }) => `${key}=${value}`).join('\n'));
  const [deleteAutoSnapshots, setDeleteAuto] = useState(disk.deleteAutoSnapshots);
  const [deleteWithInstance, setWithInstance] = useState(disk.deleteWithInstance);
  const change = useChange(DiskUpdateDocument);
  const save = () =>
    change.mutate(
      { input: { diskId: disk.id, name, deleteAutoSnapshots, deleteWithInstance, tags: parsed(tags) } },
      { onSuccess: () => tell({ text: say('saved', { name }) }) },
    );
  return (
    <Form act={say('save')} onSubmit={save} error={change.error} isPending={change.isPending}>
      <TextInput label={say('name')} name="name" value={name} onChange={setName} />
      <TextInput label={say('tags')} name="tags" help={say('tagsHelp')} lines={4} value={tags} onChange={setTags} />
      <CheckInput label={say('deleteAuto')} value={deleteAutoSnapshots} onChange={setDeleteAuto} />
      <CheckInput label={say('deleteWithInstance')} value={deleteWithInstance} onChange={setWithInstance} />
    </Form>
  );
}

function parsed(text: string): { key: string; value: string }[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [key = '', ...value] = line.split('=');
      return { key: key.trim(), value: value.join('=').trim() };
    });
}
