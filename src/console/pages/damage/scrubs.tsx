import { useState } from 'react';
import {
  DamageCancelScrubDocument,
  DamageScrubsDocument,
  type DamageScrubsQuery,
  DamageStartScrubDocument,
} from '../../../generated/console-operations.ts';
import { useChange, useList } from '../../api/ask.ts';
import { useCan } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { FormDialog } from '../../ui/dialog.tsx';
import { CheckInput, TextInput } from '../../ui/inputs.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Status } from '../../ui/status.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Bytes, Time } from '../../ui/values.tsx';
import { words } from './words.ts';

type Row = DamageScrubsQuery['scrubs']['nodes'][number];

export function Scrubs({ region }: { readonly region: string }) {
  const say = useWords(words);
  const can = useCan();
  const tell = useTell();
  const list = useList(
    DamageScrubsDocument,
    { region, first: 100 },
    { page: ({ scrubs }) => scrubs, unsettled: ({ status }) => status === 'RUNNING' },
  );
  const cancel = useChange(DamageCancelScrubDocument);
  const doCancel = (scrubId: string) =>
    cancel.mutate(
      { input: { scrubId } },
      {
        onSuccess: () => tell({ text: say('cancelled') }),
        onError: (error) => tell({ text: say('cancel'), error }),
      },
    );
  const columns: readonly Column<Row>[] = [
    {
      id: 'what',
      title: say('what'),
      width: '1.5fr',
      narrow: 'first',
      cell: ({ targetId, chainId, keyId }) => targetId ?? chainId ?? keyId ?? say('region'),
    },
    { id: 'state', title: say('progress'), width: '1.5fr', narrow: 'first', cell: (row) => <State row={row} /> },
    { id: 'read', title: say('read'), align: 'end', cell: ({ bytesRead }) => <Bytes value={bytesRead} /> },
    { id: 'result', title: say('result'), width: '2fr', cell: (row) => <Found row={row} /> },
    { id: 'began', title: say('began'), width: '130px', cell: ({ createdAt }) => <Time at={createdAt} form="short" /> },
    {
      id: 'act',
      title: say('cancel'),
      width: '100px',
      narrow: 'never',
      cell: ({ id, status }) =>
        status === 'RUNNING' &&
        can('cancelScrub') && (
          <Button kind="quiet" onPress={() => doCancel(id)}>
            {say('cancel')}
          </Button>
        ),
    },
  ];
  return (
    <Table
      label={say('scrubs')}
      columns={columns}
      rows={list.nodes}
      idOf={({ id }) => id}
      nameOf={({ id }) => id}
      list={list}
      empty={<EmptyState title={say('noScrubs')} />}
    />
  );
}

function State({ row: { status, versionsRead, versions } }: { readonly row: Row }) {
  const say = useWords(words);
  if (status === 'RUNNING') {
    return (
      <Progress label={say('RUNNING')} percent={versions === 0 ? null : (versionsRead / versions) * 100} hideLabel />
    );
  }
  return <Status tone={status === 'SUCCEEDED' ? 'ok' : 'idle'}>{say(status)}</Status>;
}

function Found({ row: { damaged, wrongCounts, mended, findings } }: { readonly row: Row }) {
  const say = useWords(words);
  if (damaged === 0 && wrongCounts === 0) return <span>{say('nothing')}</span>;
  return (
    <span title={findings.join('\n')}>
      <Status tone="danger">{say('faults', { damaged, wrong: wrongCounts, mended })}</Status>
    </span>
  );
}

export function StartScrub({ region, onClose }: { readonly region: string; readonly onClose: () => void }) {
  const say = useWords(words);
  const can = useCan();
  const tell = useTell();
  const [target, setTarget] = useState('');
  const [sample, setSample] = useState('100');
  const [repair, setRepair] = useState(false);
  const change = useChange(DamageStartScrubDocument);
  const isPercent = Number(sample) > 0 && Number(sample) <= 100;
  const why = isPercent ? undefined : say('percent');
  const start = () =>
    change.mutate(
      { input: { region, samplePercent: Number(sample), repair, ...(target !== '' && { targetId: target.trim() }) } },
      {
        onSuccess: () => {
          tell({ text: say('begun'), tone: 'running' });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={say('start')}
      act={say('start')}
      onSubmit={start}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
      why={why}
    >
      <TextInput
        label={say('target')}
        name="targetId"
        help={say('targetHelp')}
        value={target}
        onChange={setTarget}
        autoFocus
      />
      <TextInput
        label={say('sample')}
        name="samplePercent"
        type="number"
        value={sample}
        onChange={setSample}
        error={why}
      />
      {can('setQuota') && <CheckInput label={say('repair')} value={repair} onChange={setRepair} />}
    </FormDialog>
  );
}
