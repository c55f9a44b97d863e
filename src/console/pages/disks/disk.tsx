import { useState } from 'react';
import { Link } from 'react-aria-components';
import { DiskPageDocument, type DiskPageQuery } from '../../../generated/console-operations.ts';
import { useAsk } from '../../api/ask.ts';
import type { PageParams } from '../../app/area.ts';
import { useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useWords } from '../../i18n/words.ts';
import { Actions, Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Menu, type MenuAct } from '../../ui/menu.tsx';
import { Banner, EmptyState, ErrorNote, Waiting } from '../../ui/notes.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Bytes, IdText, None, Num, Time } from '../../ui/values.tsx';
import { Changes } from './changes.tsx';
import { CreateSnapshot } from './create-snapshot.tsx';
import { Reinitialize, Release, Resize, SetPolicy } from './dialogs.tsx';
import { Properties } from './properties.tsx';
import { DiskState, isMoving, Protection } from './states.tsx';
import { TimeLine } from './time-line.tsx';
import { words } from './words.ts';

export type Disk = NonNullable<DiskPageQuery['disk']>;
type Opened = 'snapshot' | 'policy' | 'resize' | 'reinitialize' | 'release';

export default function DiskPage({ params: { id = '', tab = '' } }: PageParams) {
  const say = useWords(words);
  const to = useTo();
  const asked = useAsk(DiskPageDocument, { id }, { unsettled: ({ disk }) => disk !== null && isMoving(disk) });
  const above = { title: say('title'), href: to('disks') };
  const disk = asked.data?.disk;
  if (disk === undefined || disk === null) {
    const isGone = disk === null || asked.error?.code === 'NotFound';
    return (
      <Page title={id} above={above}>
        {isGone && <EmptyState title={say('gone')} />}
        {asked.error !== null && !isGone && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
        {asked.isPending && asked.error === null && <Waiting lines={6} />}
      </Page>
    );
  }
  return <Shown disk={disk} tab={tab} trashHours={asked.data?.viewer.account.trashHours ?? 0} above={above} />;
}

interface ShownProps {
  readonly disk: Disk;
  readonly tab: string;
  readonly trashHours: number;
  readonly above: { readonly title: string; readonly href: string };
}

function Shown({ disk, tab, trashHours, above }: ShownProps) {
  const say = useWords(words);
  const to = useTo();
  const can = useCan();
  const acts = useActs(disk);
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  const hasSnapshots = disk.category !== 'LOCAL';
  const tabs = [
    { id: '', title: say('tabOverview'), href: to('disks', disk.id) },
    ...(hasSnapshots
      ? [
          { id: 'time-line', title: say('tabTimeLine'), href: to('disks', disk.id, 'time-line') },
          { id: 'changes', title: say('tabChanges'), href: to('disks', disk.id, 'changes') },
        ]
      : []),
    { id: 'properties', title: say('tabProperties'), href: to('disks', disk.id, 'properties') },
  ];
  return (
    <Page
      title={disk.name}
      above={above}
      beside={
        <>
          <DiskState status={disk.status} />
          <IdText id={disk.id} />
        </>
      }
      actions={
        <Actions>
          {can('createSnapshot') && hasSnapshots && (
            <Button kind="primary" onPress={() => setOpened('snapshot')}>
              {say('createSnapshot')}
            </Button>
          )}
          <Menu acts={acts(setOpened)} />
        </Actions>
      }
    >
      {disk.lease !== null && <Banner tone="running">{say('openFor', { holder: disk.lease.holder })}</Banner>}
      <Tabs tabs={tabs} at={tab} label={disk.name}>
        {tab === '' && <Overview disk={disk} />}
        {tab === 'time-line' && <TimeLine disk={disk} />}
        {tab === 'changes' && <Changes disk={disk} />}
        {tab === 'properties' && <Properties disk={disk} />}
      </Tabs>
      {opened === 'snapshot' && <CreateSnapshot disk={disk} onClose={close} />}
      {opened === 'policy' && <SetPolicy disk={disk} onClose={close} />}
      {opened === 'resize' && <Resize disk={disk} onClose={close} />}
      {opened === 'reinitialize' && <Reinitialize disk={disk} onClose={close} />}
      {opened === 'release' && <Release disk={disk} onClose={close} trashHours={trashHours} />}
    </Page>
  );
}

/** What else can be done with it: what the state forbids says why. */
function useActs(disk: Disk): (open: (dialog: Opened) => void) => readonly (MenuAct | false)[] {
  const say = useWords(words);
  const can = useCan();
  const isRunning = disk.instances.some(({ status }) => status !== 'STOPPED');
  return (open) => [
    can('applyPolicy') &&
      disk.category !== 'LOCAL' && { id: 'policy', text: say('setPolicy'), onAct: () => open('policy') },
    can('resizeDisk') && { id: 'resize', text: say('resize'), onAct: () => open('resize') },
    can('reinitializeDisk') && {
      id: 'reinitialize',
      text: say('reinitialize'),
      why: isRunning ? `${say('attachedRunning')}. ${say('stopFirst')}.` : undefined,
      onAct: () => open('reinitialize'),
    },
    can('releaseDisk') && {
      id: 'release',
      text: say('release'),
      why: disk.instances.length > 0 ? say('attached') : undefined,
      onAct: () => open('release'),
    },
  ];
}

function Overview({ disk }: { readonly disk: Disk }) {
  const say = useWords(words);
  const to = useTo();
  return (
    <>
      <Section title={say('protection')}>
        <Facts
          facts={[
            [say('protection'), <Protection key="p" protection={disk.protection} />],
            [say('newest'), <Time key="n" at={disk.protection?.newestUsableAt ?? null} />],
            [
              say('policy'),
              disk.policy === null ? (
                <None key="o" />
              ) : (
                <Link key="o" href={to('policies', disk.policy.id)}>
                  {disk.policy.name}
                </Link>
              ),
            ],
            [say('nextRun'), <Time key="r" at={disk.policy?.nextRunAt ?? null} />],
          ]}
        />
      </Section>
      <Section title={say('facts')}>
        <Facts facts={factsOf(disk, say, to)} />
      </Section>
    </>
  );
}

function factsOf(disk: Disk, say: ReturnType<typeof useWords<typeof words.en>>, to: ReturnType<typeof useTo>) {
  const { origin } = disk;
  return [
    [say('size'), <Bytes key="s" value={disk.sizeBytes} />],
    [say('contents'), <Bytes key="c" value={disk.sizes?.totalBytes ?? null} />],
    [say('stored'), <Bytes key="t" value={disk.sizes?.totalStoredBytes ?? null} />],
    [say('changed'), <Bytes key="o" value={disk.sizes?.ownBytes ?? null} />],
    [say('kind'), `${say(disk.kind)}, ${say(disk.category)}`],
    [say('version'), <Num key="v" value={disk.version} />],
    [
      say('origin'),
      origin.snapshotId === null ? (
        (origin.imageId ?? say('empty'))
      ) : (
        <Link key="f" href={to('snapshots', origin.snapshotId)}>
          {origin.snapshot?.name ?? origin.snapshotId}
        </Link>
      ),
    ],
    [
      say('instances'),
      disk.instances.length === 0
        ? say('noInstance')
        : disk.instances.map(({ id, name }) => (
            <Link key={id} href={to('instances', id)}>
              {name}
            </Link>
          )),
    ],
    [say('encryption'), disk.encryption?.keyId ?? say('plain')],
    [say('created'), <Time key="a" at={disk.createdAt} />],
  ] as const;
}
