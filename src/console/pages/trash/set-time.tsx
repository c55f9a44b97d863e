import { useState } from 'react';
import { TrashSetTimeDocument } from '../../../generated/console-operations.ts';
import { useChange } from '../../api/ask.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { FormDialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { words } from './words.ts';

const MOST_HOURS = 8_760;

export function SetTime({ hours: before, onClose }: { readonly hours: number; readonly onClose: () => void }) {
  const say = useWords(words);
  const tell = useTell();
  const [hours, setHours] = useState(String(before));
  const change = useChange(TrashSetTimeDocument);
  const isWhole = /^\d{1,4}$/.test(hours) && Number(hours) <= MOST_HOURS;
  const why = isWhole ? undefined : say('wholeHours');
  const save = () =>
    change.mutate(
      { input: { hours: Number(hours) } },
      {
        onSuccess: () => {
          tell({ text: say('timeSet') });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={say('setTime')}
      act={say('setTime')}
      onSubmit={save}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
      why={why}
    >
      <TextInput
        label={say('hours')}
        name="hours"
        help={say('hoursHelp')}
        type="number"
        value={hours}
        onChange={setHours}
        error={why}
        autoFocus
      />
    </FormDialog>
  );
}
