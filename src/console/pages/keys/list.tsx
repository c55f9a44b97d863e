import { useState } from 'react';
import { KeyListDocument, type KeyListQuery, KeyRevokeDocument } from '../../../generated/console-operations.ts';
import { useChange, useList } from '../../api/ask.ts';
import { useCan } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog, Consequences } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { useNow } from '../../ui/now.ts';
import { Page } from '../../ui/page.tsx';
import { Status } from '../../ui/status.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { IdText, None, Time } from '../../ui/values.tsx';
import { CreateKey } from './create.tsx';
import { words } from './words.ts';

type Row = KeyListQuery['apiKeys']['nodes'][number];

export default function Keys() {
  const say = useWords(words);
  const can = useCan();
  const [isCreating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<Row>();
  const list = useList(KeyListDocument, { first: 200 }, { page: ({ apiKeys }) => apiKeys });
  return (
    <Page
      title={say('title')}
      actions={
        can('createApiKey') && (
          <Button kind="primary" icon="plus" onPress={() => setCreating(true)}>
            {say('create')}
          </Button>
        )
      }
    >
      <Table
        label={say('title')}
        columns={useColumns(setRevoking)}
        rows={list.nodes}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        list={list}
        empty={<EmptyState title={say('empty')} />}
      />
      {isCreating && <CreateKey onClose={() => setCreating(false)} />}
      {revoking !== undefined && <Revoke apiKey={revoking} onClose={() => setRevoking(undefined)} />}
    </Page>
  );
}

function useColumns(onRevoke: (row: Row) => void): readonly Column<Row>[] {
  const say = useWords(words);
  const can = useCan();
  const isOver = useOver();
  return [
    { id: 'name', title: say('name'), width: '1.5fr', narrow: 'first', cell: ({ name }) => name },
    { id: 'state', title: say('state'), width: '130px', narrow: 'first', cell: (row) => <KeyState row={row} /> },
    { id: 'id', title: say('id'), width: '1.5fr', narrow: 'never', cell: ({ id }) => <IdText id={id} /> },
    { id: 'role', title: say('role'), cell: ({ role }) => role },
    { id: 'regions', title: say('regions'), narrow: 'never', cell: ({ regions }) => regions?.join(', ') ?? say('all') },
    {
      id: 'created',
      title: say('created'),
      width: '130px',
      cell: ({ createdAt }) => <Time at={createdAt} form="short" />,
    },
    { id: 'by', title: say('by'), narrow: 'never', cell: ({ createdBy }) => createdBy ?? <None /> },
    {
      id: 'expires',
      title: say('expires'),
      narrow: 'never',
      cell: ({ expiresAt }) => (expiresAt === null ? say('never') : <Time at={expiresAt} form="short" />),
    },
    {
      id: 'act',
      title: say('revoke'),
      width: '110px',
      cell: (row) =>
        can('revokeApiKey') && row.revokedAt === null && !isOver(row) ? (
          <Button kind="quiet" label={say('revokeTitle', { name: row.name })} onPress={() => onRevoke(row)}>
            {say('revoke')}
          </Button>
        ) : null,
    },
  ];
}

function useOver(): (row: Row) => boolean {
  const now = useNow();
  return ({ expiresAt }) => expiresAt !== null && Date.parse(expiresAt) <= now;
}

function KeyState({ row }: { readonly row: Row }) {
  const say = useWords(words);
  const isOver = useOver();
  if (row.revokedAt !== null) return <Status tone="idle">{say('revoked')}</Status>;
  return isOver(row) ? <Status tone="warning">{say('expired')}</Status> : <Status tone="ok">{say('usable')}</Status>;
}

function Revoke({ apiKey, onClose }: { readonly apiKey: Row; readonly onClose: () => void }) {
  const say = useWords(words);
  const tell = useTell();
  const { id, name } = apiKey;
  const change = useChange(KeyRevokeDocument);
  return (
    <ConfirmDialog
      title={say('revokeTitle', { name })}
      act={say('revokeTitle', { name })}
      friction="irrevocable"
      name={name}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
      onConfirm={() =>
        change.mutate(
          { input: { apiKeyId: id } },
          {
            onSuccess: () => {
              tell({ text: say('revokedNow', { name }) });
              onClose();
            },
          },
        )
      }
    >
      <Consequences goes={say('revokeGoes', { name })} stays={say('revokeStays')} until={say('revokeUntil')} />
    </ConfirmDialog>
  );
}
