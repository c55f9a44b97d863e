import { useState } from 'react';
import { QuotaListDocument, type QuotaListQuery, QuotaSetDocument } from '../../../generated/console-operations.ts';
import { useAsk, useChange } from '../../api/ask.ts';
import { useRegion } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { FormDialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { ErrorNote } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Num } from '../../ui/values.tsx';
import { words } from './words.ts';

type Row = QuotaListQuery['quotas'][number];

export default function Quotas() {
  const say = useWords(words);
  const can = useCan();
  const region = useRegion();
  const [setting, setSetting] = useState<Row>();
  const asked = useAsk(QuotaListDocument, { region });
  const columns: readonly Column<Row>[] = [
    { id: 'what', title: say('what'), width: '2fr', narrow: 'first', cell: ({ kind }) => say(kind) },
    {
      id: 'used',
      title: say('used'),
      width: '1.5fr',
      cell: ({ kind, used, limit }) =>
        used === null ? (
          say('perDisk')
        ) : (
          <Progress
            label={`${say(kind)}: ${say('share', { used, limit })}`}
            percent={limit === 0 ? 100 : (used / limit) * 100}
            hideLabel
          />
        ),
    },
    {
      id: 'count',
      title: say('used'),
      align: 'end',
      narrow: 'never',
      cell: ({ used }) => (used === null ? say('perDisk') : <Num value={used} />),
    },
    { id: 'limit', title: say('limit'), align: 'end', narrow: 'first', cell: ({ limit }) => <Num value={limit} /> },
    {
      id: 'act',
      title: say('set'),
      width: '90px',
      cell: (row) =>
        can('setQuota') && (
          <Button kind="quiet" label={say('setTitle', { what: say(row.kind) })} onPress={() => setSetting(row)}>
            {say('set')}
          </Button>
        ),
    },
  ];
  return (
    <Page title={say('title')}>
      {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      <Table
        label={say('title')}
        columns={columns}
        rows={asked.data?.quotas}
        idOf={({ kind }) => kind}
        nameOf={({ kind }) => say(kind)}
        empty={null}
      />
      {setting !== undefined && <SetQuota quota={setting} region={region} onClose={() => setSetting(undefined)} />}
    </Page>
  );
}

interface SetProps {
  readonly quota: Row;
  readonly region: string;
  readonly onClose: () => void;
}

function SetQuota({ quota, region, onClose }: SetProps) {
  const say = useWords(words);
  const tell = useTell();
  const [limit, setLimit] = useState(String(quota.limit));
  const change = useChange(QuotaSetDocument);
  const why = /^\d{1,9}$/.test(limit) ? undefined : say('whole');
  const save = () =>
    change.mutate(
      { input: { region, kind: quota.kind, limit: Number(limit) } },
      {
        onSuccess: () => {
          tell({ text: say('done') });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={say('setTitle', { what: say(quota.kind) })}
      act={say('save')}
      onSubmit={save}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
      why={why}
    >
      <TextInput
        label={say('limit')}
        name="limit"
        help={say('limitHelp')}
        type="number"
        value={limit}
        onChange={setLimit}
        error={why}
        autoFocus
      />
    </FormDialog>
  );
}
