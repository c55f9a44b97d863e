import { useState } from 'react';
import { Link } from 'react-aria-components';
import { WebhookListDocument, type WebhookListQuery } from '../../../generated/console-operations.ts';
import { useList } from '../../api/ask.ts';
import { useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useWords } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { None, Time } from '../../ui/values.tsx';
import { EditWebhook } from './edit.tsx';
import { WebhookState } from './state.tsx';
import { words } from './words.ts';

type Row = WebhookListQuery['webhooks']['nodes'][number];

export default function Webhooks() {
  const say = useWords(words);
  const to = useTo();
  const can = useCan();
  const [isCreating, setCreating] = useState(false);
  const list = useList(WebhookListDocument, { first: 200 }, { page: ({ webhooks }) => webhooks });
  const columns: readonly Column<Row>[] = [
    {
      id: 'url',
      title: say('url'),
      width: '2fr',
      narrow: 'first',
      cell: ({ id, url }) => <Link href={to('webhooks', id)}>{url}</Link>,
    },
    { id: 'state', title: say('state'), narrow: 'first', cell: (row) => <WebhookState webhook={row} /> },
    { id: 'types', title: say('types'), cell: ({ types }) => types?.join(', ') ?? say('all') },
    {
      id: 'description',
      title: say('description'),
      narrow: 'never',
      cell: ({ description }) => description ?? <None />,
    },
    { id: 'created', title: say('created'), cell: ({ createdAt }) => <Time at={createdAt} form="short" /> },
  ];
  return (
    <Page
      title={say('title')}
      actions={
        can('createWebhook') && (
          <Button kind="primary" icon="plus" onPress={() => setCreating(true)}>
            {say('create')}
          </Button>
        )
      }
    >
      <Table
        label={say('title')}
        columns={columns}
        rows={list.nodes}
        idOf={({ id }) => id}
        nameOf={({ url }) => url}
        list={list}
        empty={<EmptyState title={say('empty')}>{say('emptyHelp')}</EmptyState>}
      />
      {isCreating && <EditWebhook onClose={() => setCreating(false)} />}
    </Page>
  );
}
