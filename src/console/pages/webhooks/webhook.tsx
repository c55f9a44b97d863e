import { useState } from 'react';
import { useLocation } from 'wouter';
import {
  WebhookDeleteDocument,
  WebhookDeliveriesDocument,
  type WebhookDeliveriesQuery,
  WebhookPageDocument,
  type WebhookPageQuery,
  WebhookTestDocument,
  WebhookUpdateDocument,
} from '../../../generated/console-operations.ts';
import { useAsk, useChange, useList } from '../../api/ask.ts';
import type { PageParams } from '../../app/area.ts';
import { useQueryState, useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Actions, Button } from '../../ui/button.tsx';
import { ConfirmDialog, Consequences } from '../../ui/dialog.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Menu, type MenuAct } from '../../ui/menu.tsx';
import { Banner, EmptyState, ErrorNote, Waiting } from '../../ui/notes.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Status } from '../../ui/status.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { IdText, None, Num, Time } from '../../ui/values.tsx';
import { EditWebhook, RotateSecret } from './edit.tsx';
import { WebhookState } from './state.tsx';
import { words } from './words.ts';

type Webhook = NonNullable<WebhookPageQuery['webhook']>;
type Delivery = WebhookDeliveriesQuery['webhookDeliveries']['nodes'][number];

export default function WebhookPage({ params }: PageParams) {
  const say = useWords(words);
  const to = useTo();
  const [open, setOpen] = useState<'edit' | 'rotate' | 'delete'>();
  const asked = useAsk(WebhookPageDocument, { id: params.id ?? '' });
  const above = { title: say('title'), href: to('webhooks') };
  const webhook = asked.data?.webhook;
  if (webhook === undefined || webhook === null) {
    const isGone = webhook === null || asked.error?.code === 'NotFound';
    return (
      <Page title={params.id ?? ''} above={above}>
        {asked.error !== null && !isGone && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
        {asked.isPending && asked.error === null && <Waiting lines={6} />}
        {isGone && <EmptyState title={say('gone')} />}
      </Page>
    );
  }
  const close = () => setOpen(undefined);
  return (
    <Page
      title={webhook.description ?? webhook.url}
      above={above}
      beside={
        <>
          <WebhookState webhook={webhook} />
          <IdText id={webhook.id} />
        </>
      }
      actions={<Acts webhook={webhook} onOpen={setOpen} />}
    >
      {webhook.disabledReason !== null && (
        <Banner tone="warning">{say('disabled', { why: webhook.disabledReason })}</Banner>
      )}
      <Section title={say('facts')}>
        <Facts
          facts={[
            [say('url'), webhook.url],
            [say('types'), webhook.types?.join(', ') ?? say('all')],
            [say('created'), <Time key="c" at={webhook.createdAt} />],
            webhook.oldSecretUntil !== null && [say('oldSecret'), <Time key="o" at={webhook.oldSecretUntil} />],
          ]}
        />
      </Section>
      <Deliveries id={webhook.id} />
      {open === 'edit' && <EditWebhook webhook={webhook} onClose={close} />}
      {open === 'rotate' && <RotateSecret id={webhook.id} onClose={close} />}
      {open === 'delete' && <DeleteWebhook webhook={webhook} onClose={close} />}
    </Page>
  );
}

interface ActsProps {
  readonly webhook: Webhook;
  readonly onOpen: (what: 'edit' | 'rotate' | 'delete') => void;
}

function Acts({ webhook: { id, enabled }, onOpen }: ActsProps) {
  const say = useWords(words);
  const can = useCan();
  const tell = useTell();
  const test = useChange(WebhookTestDocument);
  const update = useChange(WebhookUpdateDocument);
  const set = (next: boolean, told: (state: string) => void) =>
    update.mutate(
      { input: { webhookId: id, enabled: next } },
      {
        onSuccess: () => told(say(next ? 'on' : 'off')),
        onError: (error) => tell({ text: say(next ? 'switchOn' : 'switchOff'), error }),
      },
    );
  const flip = () =>
    set(!enabled, (state) =>
      tell({
        text: say('switched', { state }),
        undo: () => set(enabled, (back) => tell({ text: say('switched', { state: back }) })),
      }),
    );
  const acts: readonly (MenuAct | false)[] = [
    can('updateWebhook') && { id: 'edit', text: say('edit'), onAct: () => onOpen('edit') },
    can('updateWebhook') && { id: 'flip', text: say(enabled ? 'switchOff' : 'switchOn'), onAct: flip },
    can('rotateWebhookSecret') && { id: 'rotate', text: say('rotate'), onAct: () => onOpen('rotate') },
    can('deleteWebhook') && { id: 'delete', text: say('delete'), danger: true, onAct: () => onOpen('delete') },
  ];
  return (
    <Actions>
      {can('testWebhook') && (
        <Button
          kind="primary"
          isPending={test.isPending}
          why={enabled ? undefined : say('off')}
          onPress={() =>
            test.mutate(
              { input: { webhookId: id } },
              {
                onSuccess: () => tell({ text: say('tested'), tone: 'running' }),
                onError: (error) => tell({ text: say('test'), error }),
              },
            )
          }
        >
          {say('test')}
        </Button>
      )}
      <Menu acts={acts} />
    </Actions>
  );
}

const TONES = { PENDING: 'running', DELIVERED: 'ok', GIVEN_UP: 'danger' } as const;

function Deliveries({ id }: { readonly id: string }) {
  const say = useWords(words);
  const to = useTo();
  const [query] = useQueryState();
  const at = query.get('deliveries') === 'pending' ? 'pending' : 'ended';
  const list = useList(
    WebhookDeliveriesDocument,
    { id, pending: at === 'pending', first: 100 },
    { page: ({ webhookDeliveries }) => webhookDeliveries, unsettled: ({ state }) => state === 'PENDING' },
  );
  const tabs = (['ended', 'pending'] as const).map((tab) => ({
    id: tab,
    title: say(tab),
    href: `${to('webhooks', id)}?deliveries=${tab}`,
  }));
  const columns: readonly Column<Delivery>[] = [
    { id: 'event', title: say('event'), width: '1.5fr', narrow: 'first', cell: ({ type }) => <code>{type}</code> },
    {
      id: 'state',
      title: say('state'),
      narrow: 'first',
      cell: ({ state }) => <Status tone={TONES[state]}>{say(state)}</Status>,
    },
    { id: 'attempts', title: say('attempts'), align: 'end', cell: ({ attempts }) => <Num value={attempts} /> },
    { id: 'last', title: say('last'), cell: ({ lastTriedAt }) => <Time at={lastTriedAt} form="short" /> },
    {
      id: 'answer',
      title: say('answer'),
      width: '1.5fr',
      cell: ({ lastStatus, lastError }) =>
        [lastStatus, lastError].filter((part) => part !== null).join(' ') || <None />,
    },
    { id: 'next', title: say('next'), narrow: 'never', cell: ({ dueAt }) => <Time at={dueAt} form="short" /> },
  ];
  return (
    <Section title={say('deliveries')}>
      <Tabs tabs={tabs} at={at} label={say('deliveries')}>
        <Table
          label={say('deliveries')}
          columns={columns}
          rows={list.nodes}
          idOf={({ eventId }) => eventId}
          nameOf={({ type }) => type}
          list={list}
          empty={<EmptyState title={say('noDeliveries')} />}
        />
      </Tabs>
    </Section>
  );
}

function DeleteWebhook({ webhook: { id, url }, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
  const say = useWords(words);
  const tell = useTell();
  const to = useTo();
  const [, go] = useLocation();
  const change = useChange(WebhookDeleteDocument);
  return (
    <ConfirmDialog
      title={say('deleteTitle')}
      act={say('deleteTitle')}
      friction="irrevocable"
      name={new URL(url).hostname}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
      onConfirm={() =>
        change.mutate(
          { input: { webhookId: id } },
          {
            onSuccess: () => {
              tell({ text: say('deleted') });
              go(to('webhooks'));
            },
          },
        )
      }
    >
      <Consequences goes={say('deleteGoes')} stays={say('deleteStays')} until={say('deleteUntil')} />
    </ConfirmDialog>
  );
}
