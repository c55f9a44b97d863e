import { useState } from 'react';
import { useLocation } from 'wouter';
import {
  PolicyDeleteDocument,
  PolicyPageDocument,
  type PolicyPageQuery,
  PolicyUpdateDocument,
} from '../../../generated/console-operations.ts';
import { useAsk, useChange } from '../../api/ask.ts';
import type { PageParams } from '../../app/area.ts';
import { useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Actions, LinkButton } from '../../ui/button.tsx';
import { ConfirmDialog, Consequences, Dialog } from '../../ui/dialog.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Menu } from '../../ui/menu.tsx';
import { EmptyState, ErrorNote, Waiting } from '../../ui/notes.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Status } from '../../ui/status.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { IdText, Num, Time } from '../../ui/values.tsx';
import { DisksWith, DisksWithout } from './disks.tsx';
import { EditPolicy, type PolicyFields } from './edit.tsx';
import { Grid } from './grid.tsx';
import { NextRuns } from './plan.tsx';
import { Runs, Slots } from './runs.tsx';
import { words } from './words.ts';

type Policy = NonNullable<PolicyPageQuery['policy']>;

const TABS = ['plan', 'with', 'without', 'runs', 'slots'] as const;

export default function PolicyPage({ params }: PageParams) {
  const say = useWords(words);
  const to = useTo();
  const asked = useAsk(PolicyPageDocument, { id: params.id ?? '' });
  const above = { title: say('title'), href: to('policies') };
  const policy = asked.data?.policy;
  if (policy === undefined || policy === null) {
    const isGone = policy === null || asked.error?.code === 'NotFound';
    return (
      <Page title={params.id ?? ''} above={above}>
        {asked.error !== null && !isGone && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
        {asked.isPending && asked.error === null && <Waiting lines={6} />}
        {isGone && <EmptyState title={say('gone')} />}
      </Page>
    );
  }
  const { id } = policy;
  const at = TABS.find((tab) => tab === params.tab) ?? 'plan';
  const tabs = TABS.map((tab) => ({ id: tab, title: say(tab), href: to('policies', id, tab) }));
  return (
    <Page
      title={policy.name}
      above={above}
      beside={
        <>
          <Status tone={policy.status === 'ACTIVE' ? 'ok' : 'idle'}>{say(policy.status)}</Status>
          <IdText id={id} />
        </>
      }
      actions={<Acts policy={policy} />}
    >
      <Tabs tabs={tabs} at={at} label={say('tabs')}>
        {at === 'plan' && <Plan policy={policy} />}
        {at === 'with' && <DisksWith id={id} />}
        {at === 'without' && <DisksWithout id={id} />}
        {at === 'runs' && <Runs id={id} />}
        {at === 'slots' && <Slots id={id} />}
      </Tabs>
    </Page>
  );
}

function Plan({ policy }: { readonly policy: Policy }) {
  const say = useWords(words);
  const { retentionDays, copyTargets } = policy;
  const kept = (days: number | null) => (days === null ? say('noEnd') : say('days', { count: days }));
  return (
    <>
      <Section title={say('grid')}>
        <Grid hours={policy.hours} weekdays={policy.weekdays} />
        <Facts
          facts={[
            [say('zone'), policy.timeZone],
            [say('retention'), kept(retentionDays)],
            [say('disks'), <Num key="d" value={policy.diskCount} />],
            [say('next'), <Time key="n" at={policy.nextRunAt} />],
            ...copyTargets.map(
              (target) => [say('copyTo', { region: target.region }), kept(target.retentionDays)] as const,
            ),
          ]}
        />
      </Section>
      {policy.nextRuns.length > 0 && (
        <Section title={say('nextRuns')}>
          <NextRuns runs={policy.nextRuns} timeZone={policy.timeZone} />
        </Section>
      )}
    </>
  );
}

function Acts({ policy }: { readonly policy: Policy }) {
  const say = useWords(words);
  const can = useCan();
  const to = useTo();
  const tell = useTell();
  const [open, setOpen] = useState<'edit' | 'delete'>();
  const update = useChange(PolicyUpdateDocument);
  const { id, name, status } = policy;
  const set = (next: Policy['status'], act?: () => void) =>
    update.mutate(
      { input: { policyId: id, status: next } },
      {
        onSuccess: () =>
          tell({
            text: say(next === 'PAUSED' ? 'isPaused' : 'isActive', { name }),
            ...(act !== undefined && { undo: act }),
          }),
        onError: (error) => tell({ text: name, error }),
      },
    );
  const flip = () => set(status === 'ACTIVE' ? 'PAUSED' : 'ACTIVE', () => set(status));
  return (
    <Actions>
      {can('applyPolicy') && (
        <LinkButton kind="primary" href={to('policies', id, 'without')}>
          {say('toOthers')}
        </LinkButton>
      )}
      <Menu
        acts={[
          can('updatePolicy') && { id: 'edit', text: say('edit'), onAct: () => setOpen('edit') },
          can('updatePolicy') && { id: 'flip', text: say(status === 'ACTIVE' ? 'pause' : 'resume'), onAct: flip },
          can('deletePolicy') && { id: 'delete', text: say('delete'), danger: true, onAct: () => setOpen('delete') },
        ]}
      />
      {open === 'edit' && <Edit policy={policy} onClose={() => setOpen(undefined)} />}
      {open === 'delete' && <Delete policy={policy} onClose={() => setOpen(undefined)} />}
    </Actions>
  );
}

function Edit({ policy, onClose }: { readonly policy: Policy; readonly onClose: () => void }) {
  const say = useWords(words);
  const tell = useTell();
  const change = useChange(PolicyUpdateDocument);
  const save = ({ name, hours, weekdays, timeZone, retentionDays }: PolicyFields) =>
    change.mutate(
      {
        input: {
          policyId: policy.id,
          name,
          retentionDays,
          hours: [...hours],
          weekdays: [...weekdays],
          ...(timeZone !== '' && { timeZone }),
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
    <Dialog title={policy.name} onClose={onClose} wide>
      <EditPolicy
        region={policy.region}
        before={policy}
        act={say('save')}
        error={change.error}
        isPending={change.isPending}
        onSave={save}
        onCancel={onClose}
      />
    </Dialog>
  );
}

function Delete({
  policy: { id, name, diskCount },
  onClose,
}: {
  readonly policy: Policy;
  readonly onClose: () => void;
}) {
  const say = useWords(words);
  const tell = useTell();
  const to = useTo();
  const [, go] = useLocation();
  const change = useChange(PolicyDeleteDocument);
  return (
    <ConfirmDialog
      title={say('deleteTitle', { name })}
      act={say('deleteTitle', { name })}
      friction="irrevocable"
      name={name}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
      onConfirm={() =>
        change.mutate(
          { input: { policyId: id } },
          {
            onSuccess: () => {
              tell({ text: say('deleted', { name }) });
              go(to('policies'));
            },
          },
        )
      }
    >
      <Consequences
        goes={say('deleteGoes', { count: diskCount })}
        stays={say('deleteStays')}
        until={say('deleteUntil')}
      />
    </ConfirmDialog>
  );
}
