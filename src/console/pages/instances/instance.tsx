import { useState } from 'react';
import { InstancePageDocument, type InstancePageQuery } from '../../../generated/console-operations.ts';
import { useAsk } from '../../api/ask.ts';
import type { PageParams } from '../../app/area.ts';
import { useRegion, useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useWords } from '../../i18n/words.ts';
import { Actions, Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Banner, EmptyState, ErrorNote, Waiting } from '../../ui/notes.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { IdText, Time } from '../../ui/values.tsx';
import { Attach, Release, Replace } from './dialogs.tsx';
import { Disks } from './disks.tsx';
import { usePower } from './power.ts';
import { Snapshots } from './snapshots.tsx';
import { InstanceState, isMoving } from './states.tsx';
import { words } from './words.ts';

export type Instance = NonNullable<InstancePageQuery['instance']>;
const SNAPSHOTS = 100;

export default function InstancePage({ params: { id = '', tab = '' } }: PageParams) {
  const say = useWords(words);
  const to = useTo();
  const region = useRegion();
  const asked = useAsk(
    InstancePageDocument,
    { id, region, snapshots: SNAPSHOTS },
    {
      unsettled: ({ instance, snapshots }) =>
        (instance !== null && isMoving(instance)) || snapshots.nodes.some(({ status }) => status === 'PROGRESSING'),
    },
  );
  const instance = asked.data?.instance;
  if (asked.data === undefined || instance === undefined || instance === null) {
    const isGone = instance === null || asked.error?.code === 'NotFound';
    return (
      <Page title={id} above={{ title: say('title'), href: to('instances') }}>
        {isGone && <EmptyState title={say('gone')} />}
        {asked.error !== null && !isGone && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
        {asked.isPending && asked.error === null && <Waiting lines={6} />}
      </Page>
    );
  }
  return <Shown instance={instance} told={asked.data} tab={tab} />;
}

interface ShownProps {
  readonly instance: Instance;
  readonly told: InstancePageQuery;
  readonly tab: string;
}

function Shown({ instance, told, tab }: ShownProps) {
  const say = useWords(words);
  const to = useTo();
  const can = useCan();
  const power = usePower(instance);
  const [opened, setOpened] = useState<'attach' | 'replace' | 'release'>();
  const close = () => setOpened(undefined);
  const isMachine = instance.kind === 'MACHINE';
  const notStopped = instance.status === 'STOPPED' ? undefined : say('notStopped');
  const start = instance.status === 'STOPPED';
  return (
    <Page
      title={instance.name}
      above={{ title: say('title'), href: to('instances') }}
      beside={
        <>
          <InstanceState status={instance.status} />
          <IdText id={instance.id} />
        </>
      }
      actions={
        isMachine && (
          <Actions>
            {can(start ? 'startInstance' : 'stopInstance') && (
              <Button
                kind={start ? 'primary' : 'plain'}
                icon={start ? 'play' : 'stop'}
                isPending={power.isPending}
                isDisabled={isMoving(instance)}
                onPress={() => power.turn(start)}
              >
                {say(start ? 'start' : 'stop')}
              </Button>
            )}
            <Menu
              acts={[
                can('attachDisk') && { id: 'attach', text: say('attach'), onAct: () => setOpened('attach') },
                can('replaceSystemDisk') && {
                  id: 'replace',
                  text: say('replace'),
                  why: notStopped,
                  onAct: () => setOpened('replace'),
                },
                can('updateInstance') && {
                  id: 'protect',
                  text: say(instance.deletionProtection ? 'unprotect' : 'protect'),
                  onAct: power.protect,
                },
                can('releaseInstance') && {
                  id: 'release',
                  text: say('release'),
                  why: instance.deletionProtection ? say('protectedNow') : notStopped,
                  onAct: () => setOpened('release'),
                },
              ]}
            />
          </Actions>
        )
      }
    >
      {!isMachine && <Banner tone="idle">{say('hostHelp')}</Banner>}
      <Section title={say('facts')}>
        <Facts
          facts={[
            [say('kind'), say(instance.kind)],
            [say('protection'), say(instance.deletionProtection ? 'protectOn' : 'protectOff')],
            [say('created'), <Time key="c" at={instance.createdAt} />],
            instance.tags.length > 0 && ['Tags', instance.tags.map(({ key, value }) => `${key}=${value}`).join(', ')],
          ]}
        />
      </Section>
      <Tabs
        label={instance.name}
        at={tab}
        tabs={[
          { id: '', title: say('disks'), href: to('instances', instance.id) },
          { id: 'snapshots', title: say('snapshots'), href: to('instances', instance.id, 'snapshots') },
        ]}
      >
        {tab === '' ? <Disks instance={instance} /> : <Snapshots told={told} />}
      </Tabs>
      {opened === 'attach' && <Attach instance={instance} onClose={close} />}
      {opened === 'replace' && <Replace instance={instance} onClose={close} />}
      {opened === 'release' && <Release instance={instance} onClose={close} />}
    </Page>
  );
}
