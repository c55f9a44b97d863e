import { useState } from 'react';
import { KeyCreateDocument } from '../../../generated/console-operations.ts';
import { useChange } from '../../api/ask.ts';
import { useSession } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { FormDialog } from '../../ui/dialog.tsx';
import { SelectInput, TextInput } from '../../ui/inputs.tsx';
import { Secret } from '../../ui/secret.tsx';
import { words } from './words.ts';

const ROLES = ['VIEWER', 'OPERATOR', 'ADMIN'] as const;
const MOST_DAYS = 3_650;
const DAY_MS = 86_400_000;

export function CreateKey({ onClose }: { readonly onClose: () => void }) {
  const say = useWords(words);
  const tell = useTell();
  const { regions } = useSession();
  const [name, setName] = useState('');
  const [role, setRole] = useState<(typeof ROLES)[number]>('VIEWER');
  const [region, setRegion] = useState('');
  const [days, setDays] = useState('');
  const change = useChange(KeyCreateDocument);
  const isWhole = days === '' || (/^\d{1,4}$/.test(days) && Number(days) >= 1 && Number(days) <= MOST_DAYS);
  const why = isWhole ? undefined : say('wholeDays');
  const secret = change.data?.createApiKey.secret;
  if (secret !== undefined && secret !== null) {
    return <Secret title={say('made', { name })} secret={secret} onClose={onClose} />;
  }
  const create = () =>
    change.mutate(
      {
        input: {
          name,
          role,
          ...(region !== '' && { regions: [region] }),
          ...(days !== '' && { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() }),
        },
      },
      { onSuccess: () => tell({ text: say('made', { name }) }) },
    );
  return (
    <FormDialog
      title={say('create')}
      act={say('create')}
      onSubmit={create}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
      why={why}
    >
      <TextInput
        label={say('name')}
        name="name"
        help={say('nameHelp')}
        value={name}
        onChange={setName}
        isRequired
        autoFocus
      />
      <SelectInput
        label={say('role')}
        name="role"
        value={role}
        choices={ROLES.map((value) => ({ value, text: say(value) }))}
        onChange={setRole}
      />
      <SelectInput
        label={say('region')}
        name="regions"
        value={region}
        choices={[{ value: '', text: say('all') }, ...regions.map((one) => ({ value: one.name, text: one.name }))]}
        onChange={setRegion}
      />
      <TextInput
        label={say('days')}
        name="expiresAt"
        help={say('daysHelp')}
        type="number"
        value={days}
        onChange={setDays}
        error={why}
      />
    </FormDialog>
  );
}
