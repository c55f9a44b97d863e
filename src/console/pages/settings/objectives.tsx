import { useState } from 'react';
import { SettingsObjectiveDocument, type SettingsPageQuery } from '../../../generated/console-operations.ts';
import { useChange } from '../../api/ask.ts';
import { useCan } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { FormDialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Section } from '../../ui/page.tsx';
import { Chip } from '../../ui/status.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Num } from '../../ui/values.tsx';
import { words } from './words.ts';

type Objective = SettingsPageQuery['tagObjectives']['nodes'][number];

const MOST_HOURS = 87_600;
const textOf = ({ key, value }: Pick<Objective, 'key' | 'value'>) => (value === '' ? key : `${key}=${value}`);

interface ObjectivesProps {
  readonly objectives: readonly Objective[];
  readonly region: string;
}

export function Objectives({ objectives, region }: ObjectivesProps) {
  const say = useWords(words);
  const can = useCan();
  const tell = useTell();
  const [isAdding, setAdding] = useState(false);
  const change = useChange(SettingsObjectiveDocument);
  const mayChange = can('setRecoveryPointObjective');
  const remove = ({ hours, ...tag }: Objective) => {
    const named = { tag: textOf(tag) };
    const set = (next: number | null, onSuccess: () => void) =>
      change.mutate(
        { input: { region, tag: { key: tag.key, value: tag.value }, hours: next } },
        { onSuccess, onError: (error) => tell({ text: say('removeOf', named), error }) },
      );
    set(null, () =>
      tell({
        text: say('removed', named),
        undo: () => set(hours, () => tell({ text: say('saved', named) })),
      }),
    );
  };
  const columns: readonly Column<Objective>[] = [
    { id: 'tag', title: say('tag'), width: '2fr', narrow: 'first', cell: (row) => <Chip>{textOf(row)}</Chip> },
    { id: 'hours', title: say('hours'), align: 'end', narrow: 'first', cell: ({ hours }) => <Num value={hours} /> },
    {
      id: 'act',
      title: say('remove'),
      width: '120px',
      cell: (row) =>
        mayChange && (
          <Button kind="quiet" label={say('removeOf', { tag: textOf(row) })} onPress={() => remove(row)}>
            {say('remove')}
          </Button>
        ),
    },
  ];
  return (
    <Section
      title={say('objectives')}
      actions={mayChange && <Button onPress={() => setAdding(true)}>{say('add')}</Button>}
    >
      <p>{say('objectivesAbout')}</p>
      <Table
        label={say('objectives')}
        columns={columns}
        rows={objectives}
        idOf={textOf}
        nameOf={textOf}
        empty={<EmptyState title={say('noObjectives')} />}
      />
      {isAdding && <AddObjective region={region} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function AddObjective({ region, onClose }: { readonly region: string; readonly onClose: () => void }) {
  const say = useWords(words);
  const tell = useTell();
  const [tag, setTag] = useState('');
  const [hours, setHours] = useState('24');
  const change = useChange(SettingsObjectiveDocument);
  const isWhole = /^\d{1,5}$/.test(hours) && Number(hours) >= 1 && Number(hours) <= MOST_HOURS;
  const why = isWhole ? undefined : say('wholeHours');
  const [key = '', ...rest] = tag.split('=');
  const save = () =>
    change.mutate(
      { input: { region, tag: { key: key.trim(), value: rest.join('=').trim() }, hours: Number(hours) } },
      {
        onSuccess: () => {
          tell({ text: say('saved', { tag }) });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={say('add')}
      act={say('save')}
      onSubmit={save}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
      why={why}
    >
      <TextInput
        label={say('tag')}
        name="tag"
        help={say('tagHelp')}
        value={tag}
        onChange={setTag}
        isRequired
        autoFocus
      />
      <TextInput
        label={say('hours')}
        name="hours"
        help={say('hoursHelp')}
        type="number"
        value={hours}
        onChange={setHours}
        error={why}
      />
    </FormDialog>
  );
}
