import { useState } from 'react';
import {
  type TrashKind,
  TrashListDocument,
  type TrashListQuery,
  TrashPurgeDocument,
  TrashRestoreDocument,
  TrashTimeDocument,
} from '../../../generated/console-operations.ts';
import { useAsk, useChange, useList } from '../../api/ask.ts';
import { useQueryState, useRegion, useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog, Consequences } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Bytes, None, Time } from '../../ui/values.tsx';
import { SetTime } from './set-time.tsx';
import { words } from './words.ts';

type Row = TrashListQuery['trash']['nodes'][number];

const KINDS = ['SNAPSHOT', 'DISK', 'IMAGE'] as const satisfies readonly TrashKind[];
const PAGE = 200;
/** Of one call. */
const MOST_RESTORED = 20;
const MOST_PURGED = 100;

export default function Trash() {
  const say = useWords(words);
  const to = useTo();
  const region = useRegion();
  const [query] = useQueryState();
  const kind = KINDS.find((each) => each === query.get('kind')) ?? 'SNAPSHOT';
  const tabs = KINDS.map((each) => ({ id: each, title: say(each), href: `${to('trash')}?kind=${each}` }));
  const time = useAsk(TrashTimeDocument, {}, { live: false });
  const can = useCan();
  const [isSetting, setSetting] = useState(false);
  const hours = time.data?.viewer.account.trashHours;
  return (
    <Page
      title={say('title')}
      {...(hours !== undefined && { beside: <span>{hours === 0 ? say('off') : say('time', { count: hours })}</span> })}
      actions={
        can('setTrashRetention') &&
        hours !== undefined && <Button onPress={() => setSetting(true)}>{say('setTime')}</Button>
      }
    >
      <Tabs tabs={tabs} at={kind} label={say('kinds')}>
        <Items key={`${region} ${kind}`} kind={kind} region={region} hours={hours} />
      </Tabs>
      {isSetting && hours !== undefined && <SetTime hours={hours} onClose={() => setSetting(false)} />}
    </Page>
  );
}

interface ItemsProps {
  readonly kind: TrashKind;
  readonly region: string;
  readonly hours: number | undefined;
}

function Items({ kind, region, hours }: ItemsProps) {
  const say = useWords(words);
  const can = useCan();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isPurging, setPurging] = useState(false);
  const list = useList(TrashListDocument, { kind, region, first: PAGE }, { page: ({ trash }) => trash });
  const picked = (list.nodes ?? []).filter(({ id }) => chosen.has(id));
  const { restore, isRestoring } = useRestore(picked, setChosen);
  return (
    <>
      <Table
        label={say(kind)}
        columns={useColumns(kind)}
        rows={list.nodes}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        list={list}
        {...(can('restoreTrash') && {
          chosen,
          onChoose: setChosen,
          batch: (
            <>
              <Button
                kind="primary"
                onPress={restore}
                isPending={isRestoring}
                why={picked.length > MOST_RESTORED ? say('mostRestored') : undefined}
              >
                {say('restoreMany', { count: picked.length })}
              </Button>
              {can('purgeTrash') && (
                <Button
                  kind="danger"
                  onPress={() => setPurging(true)}
                  why={picked.length > MOST_PURGED ? say('mostPurged') : undefined}
                >
                  {say('purgeMany', { count: picked.length })}
                </Button>
              )}
            </>
          ),
        })}
        empty={
          <EmptyState title={say('empty')}>
            {hours !== undefined && (hours === 0 ? say('emptyOff') : say('emptyHelp', { count: hours }))}
          </EmptyState>
        }
      />
      {isPurging && (
        <Purge
          items={picked}
          onClose={() => setPurging(false)}
          onDone={(left) => {
            setChosen(left);
            setPurging(false);
          }}
        />
      )}
    </>
  );
}

function useColumns(kind: TrashKind): readonly Column<Row>[] {
  const say = useWords(words);
  const bytes: Column<Row> =
    kind === 'SNAPSHOT'
      ? { id: 'own', title: say('own'), cell: ({ sizes }) => <Bytes value={sizes?.ownBytes ?? null} /> }
      : { id: 'size', title: say('size'), cell: ({ sizeBytes }) => <Bytes value={sizeBytes} /> };
  return [
    { id: 'name', title: say('name'), width: '2fr', narrow: 'first', cell: ({ name }) => name },
    {
      id: 'until',
      title: say('until'),
      narrow: 'first',
      cell: (row) => <Time at={row.restorableUntil} form="short" />,
    },
    { id: 'deleted', title: say('deleted'), cell: ({ deletedAt }) => <Time at={deletedAt} form="short" /> },
    {
      id: 'with',
      title: say('with'),
      cell: ({ withDiskId, snapshotCount }) => {
        if (withDiskId !== null) return say('withDisk');
        return snapshotCount === 0 ? <None /> : say('snapshots', { count: snapshotCount });
      },
    },
    { ...bytes, width: '100px', align: 'end', narrow: 'first' },
  ];
}

/** Undoable by deleting again: it needs no dialog. */
function useRestore(items: readonly Row[], choose: (left: ReadonlySet<string>) => void) {
  const say = useWords(words);
  const tell = useTell();
  const change = useChange(TrashRestoreDocument);
  const nameOf = (id: string) => items.find((item) => item.id === id)?.name ?? id;
  const restore = () =>
    change.mutate(
      { input: { ids: items.map(({ id }) => id) } },
      {
        onSuccess: ({ restoreTrash: { results } }) => {
          const count = results.filter(({ restored }) => restored).length;
          if (count > 0) tell({ text: say('restored', { count }) });
          for (const { id, restored, error, changes } of results) {
            if (!restored)
              tell({ text: say('refused', { name: nameOf(id), why: error?.message ?? '' }), tone: 'danger' });
            for (const what of changes) tell({ text: say('changed', { name: nameOf(id), what: say(what) }) });
          }
          choose(new Set(results.filter(({ restored }) => !restored).map(({ id }) => id)));
        },
        onError: (error) => tell({ text: say('restoreMany', { count: items.length }), error }),
      },
    );
  return { restore, isRestoring: change.isPending };
}

interface PurgeProps {
  readonly items: readonly Row[];
  readonly onClose: () => void;
  readonly onDone: (left: ReadonlySet<string>) => void;
}

function Purge({ items, onClose, onDone }: PurgeProps) {
  const say = useWords(words);
  const tell = useTell();
  const change = useChange(TrashPurgeDocument);
  const [first] = items;
  const confirm = () =>
    change.mutate(
      { input: { ids: items.map(({ id }) => id) } },
      {
        onSuccess: ({ purgeTrash: { results } }) => {
          const refused = results.filter(({ purged }) => !purged);
          const count = results.length - refused.length;
          if (count > 0) tell({ text: say('purged', { count }) });
          for (const { id, error } of refused) {
            const name = items.find((item) => item.id === id)?.name ?? id;
            tell({ text: say('refused', { name, why: error?.message ?? '' }), tone: 'danger' });
          }
          onDone(new Set(refused.map(({ id }) => id)));
        },
      },
    );
  return (
    <ConfirmDialog
      title={say('purgeMany', { count: items.length })}
      act={say('purgeMany', { count: items.length })}
      friction="irrevocable"
      name={items.length === 1 && first !== undefined ? first.name : String(items.length)}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
      onConfirm={confirm}
    >
      <Consequences
        goes={`${say('purgeGoes', { count: items.length })}: ${items
          .slice(0, 5)
          .map(({ name }) => name)
          .join(', ')}${items.length > 5 ? ', …' : ''}`}
        stays={say('purgeStays')}
        freed={say('purgeFreed')}
        until={say('purgeUntil')}
      />
    </ConfirmDialog>
  );
}
