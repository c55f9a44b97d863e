import { useState } from 'react';
import { Link } from 'react-aria-components';
import {
  SnapshotCancelCopyDocument,
  SnapshotPageDocument,
  type SnapshotPageQuery,
  SnapshotPinDocument,
  SnapshotUnpinDocument,
} from '../../../generated/console-operations.ts';
import { useAsk, useChange } from '../../api/ask.ts';
import type { PageParams } from '../../app/area.ts';
import { useTo } from '../../app/places.ts';
import { useCan, useSession } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { type Say, useWords } from '../../i18n/words.ts';
import { Actions, Button, LinkButton } from '../../ui/button.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { Menu, type MenuAct } from '../../ui/menu.tsx';
import { Banner, EmptyState, ErrorNote, Waiting } from '../../ui/notes.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Chip } from '../../ui/status.tsx';
import { Bytes, IdText, None, Num, Time } from '../../ui/values.tsx';
import { DeleteSnapshots } from './delete.tsx';
import { EditSnapshot, SetRetention } from './edit.tsx';
import { CopyToRegion, MakeDisk, MakeImage } from './make.tsx';
import { RollBack } from './roll-back.tsx';
import { isMoving, KeptUntil, SnapshotState } from './states.tsx';
import { words } from './words.ts';

export type Snapshot = NonNullable<SnapshotPageQuery['snapshot']>;

export interface SnapshotDialogProps {
  readonly snapshot: Snapshot;
  readonly onClose: () => void;
}

const DIALOGS = {
  edit: EditSnapshot,
  retention: SetRetention,
  disk: MakeDisk,
  image: MakeImage,
  region: CopyToRegion,
  rollBack: RollBack,
} as const;

export default function SnapshotPage({ params }: PageParams) {
  const say = useWords(words);
  const to = useTo();
  const can = useCan();
  const [open, setOpen] = useState<keyof typeof DIALOGS | 'delete'>();
  const asked = useAsk(
    SnapshotPageDocument,
    { id: params.id ?? '' },
    { unsettled: ({ snapshot }) => snapshot !== null && (isMoving(snapshot) || snapshot.sizes === null) },
  );
  const above = { title: say('title'), href: to('snapshots') };
  const snapshot = asked.data?.snapshot;
  const acts = useActs(snapshot ?? undefined, setOpen);
  if (snapshot === undefined || snapshot === null) {
    const isGone = snapshot === null || asked.error?.code === 'NotFound';
    return (
      <Page title={params.id ?? ''} above={above}>
        {asked.error !== null && !isGone && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
        {asked.isPending && asked.error === null && <Waiting lines={6} />}
        {isGone && (
          <EmptyState title={say('gone')} actions={<LinkButton href={to('trash')}>{say('toTrash')}</LinkButton>}>
            {say('goneHelp')}
          </EmptyState>
        )}
      </Page>
    );
  }
  const Open = open === undefined || open === 'delete' ? undefined : DIALOGS[open];
  const close = () => setOpen(undefined);
  return (
    <Page
      title={snapshot.name}
      above={above}
      beside={
        <>
          <SnapshotState snapshot={snapshot} />
          <IdText id={snapshot.id} />
        </>
      }
      actions={
        <Actions>
          {can('createDisk') && (
            <Button
              kind="primary"
              onPress={() => setOpen('disk')}
              why={snapshot.status === 'ACCOMPLISHED' ? undefined : say('notReady')}
            >
              {say('toDisk')}
            </Button>
          )}
          <Menu acts={acts} />
        </Actions>
      }
    >
      <Notes snapshot={snapshot} />
      <Section title={say('facts')}>
        <Facts facts={factsOf(snapshot, say, to)} />
      </Section>
      {Open !== undefined && <Open snapshot={snapshot} onClose={close} />}
      {open === 'delete' && <DeleteSnapshots snapshots={[snapshot]} onClose={close} onDone={close} />}
    </Page>
  );
}

function Notes({ snapshot }: { readonly snapshot: Snapshot }) {
  const say = useWords(words);
  const { copy, unreadable, keptInUse } = snapshot;
  return (
    <>
      {copy?.problem && <Banner tone="warning">{say('copyWaits', { why: copy.problem.message })}</Banner>}
      {unreadable !== null && (
        <Banner tone="warning">
          {say('unreadable')}: <Bytes value={unreadable.bytes} />
        </Banner>
      )}
      {keptInUse && <Banner tone="idle">{say('keptInUse')}</Banner>}
    </>
  );
}

function useActs(
  snapshot: Snapshot | undefined,
  open: (what: keyof typeof DIALOGS | 'delete') => void,
): readonly (MenuAct | false)[] {
  const say = useWords(words);
  const can = useCan();
  const tell = useTell();
  const { regions } = useSession();
  const pin = useChange(SnapshotPinDocument);
  const unpin = useChange(SnapshotUnpinDocument);
  const cancel = useChange(SnapshotCancelCopyDocument);
  if (snapshot === undefined) return [];
  const { id, name, status, pinnedAt, copy, sourceDisk } = snapshot;
  const input = { input: { snapshotId: id } };
  const isPinned = pinnedAt !== null;
  const notReady = status === 'ACCOMPLISHED' ? undefined : say('notReady');
  const doPin = () =>
    pin.mutate(input, {
      onSuccess: () => tell({ text: say('isPinned', { name }), undo: () => unpin.mutate(input) }),
      onError: (error) => tell({ text: say('pin'), error }),
    });
  const doUnpin = () =>
    unpin.mutate(input, {
      onSuccess: () => tell({ text: say('isUnpinned', { name }), undo: () => pin.mutate(input) }),
      onError: (error) => tell({ text: say('unpin'), error }),
    });
  const doCancel = () =>
    cancel.mutate(input, {
      onSuccess: () => tell({ text: say('copyCancelled') }),
      onError: (error) => tell({ text: say('cancelCopy'), error }),
    });
  return [
    can('rollbackDisk') && {
      id: 'rollBack',
      text: say('rollBack'),
      onAct: () => open('rollBack'),
      why: sourceDisk.disk === null ? say('diskReleased') : notReady,
    },
    can('createImage') && { id: 'image', text: say('toImage'), onAct: () => open('image'), why: notReady },
    can('copySnapshot') && {
      id: 'region',
      text: say('toRegion'),
      onAct: () => open('region'),
      why: regions.length < 2 ? say('oneRegion') : notReady,
    },
    can('cancelCopy') &&
      copy !== null &&
      status === 'PROGRESSING' && { id: 'cancelCopy', text: say('cancelCopy'), onAct: doCancel },
    can('pinSnapshot') &&
      (isPinned
        ? { id: 'unpin', text: say('unpin'), onAct: doUnpin }
        : { id: 'pin', text: say('pin'), onAct: doPin, why: notReady }),
    can('setSnapshotRetention') && {
      id: 'retention',
      text: say('retention'),
      onAct: () => open('retention'),
      why: notReady,
    },
    can('updateSnapshot') && { id: 'edit', text: say('edit'), onAct: () => open('edit') },
    can('deleteSnapshots') && {
      id: 'delete',
      text: say('deleteOne'),
      danger: true,
      onAct: () => open('delete'),
      why: isPinned ? say('isPinnedWhy') : undefined,
    },
  ];
}

function factsOf(snapshot: Snapshot, say: Say<typeof words.en>, to: ReturnType<typeof useTo>): readonly Fact[] {
  const { sourceDisk, sizes, copy } = snapshot;
  return [
    [
      say('disk'),
      sourceDisk.disk === null ? (
        `${sourceDisk.id} (${say('released')})`
      ) : (
        <Link key="d" href={to('disks', sourceDisk.id)}>
          {sourceDisk.disk.name}
        </Link>
      ),
    ],
    [
      say('chain'),
      <Link key="c" href={to('chains', sourceDisk.id)}>
        {say('toChain')}
      </Link>,
    ],
    [say('created'), <Time key="t" at={snapshot.createdAt} />],
    [say('expires'), <KeptUntil key="e" snapshot={snapshot} />],
    [say('kind'), say(snapshot.kind)],
    snapshot.policyId !== null && [
      say('policy'),
      <Link key="p" href={to('policies', snapshot.policyId)}>
        {snapshot.policyId}
      </Link>,
    ],
    [say('consistency'), say(snapshot.consistency)],
    [say('type'), say(snapshot.type)],
    [say('size'), <Bytes key="s" value={sourceDisk.sizeBytes} />],
    [say('own'), <Bytes key="o" value={sizes?.ownBytes ?? null} />],
    [say('shared'), <Bytes key="h" value={sizes?.sharedBytes ?? null} />],
    [say('total'), <Bytes key="a" value={sizes?.totalBytes ?? null} />],
    [say('storedOwn'), <Bytes key="so" value={sizes?.ownStoredBytes ?? null} />],
    [say('storedTotal'), <Bytes key="st" value={sizes?.totalStoredBytes ?? null} />],
    [say('usage'), say(snapshot.usage)],
    [say('disks'), <Num key="n" value={snapshot.diskCount} />],
    [say('encryption'), snapshot.encryption?.keyId ?? say('plain')],
    copy !== null && [say('copyOf'), `${copy.sourceSnapshotId} (${copy.sourceRegion})`],
    [say('description'), snapshot.description ?? <None key="none" />],
    [
      say('tags'),
      snapshot.tags.length === 0 ? (
        <None key="notags" />
      ) : (
        snapshot.tags.map(({ key, value }) => <Chip key={key}>{value === '' ? key : `${key}=${value}`}</Chip>)
      ),
    ],
    [say('root'), <IdText key="r" id={snapshot.root} />],
  ];
}
