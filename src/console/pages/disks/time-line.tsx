import { useState } from 'react';
import { Link } from 'react-aria-components';
import { useLocation } from 'wouter';
import { DiskTimeLineDocument } from '../../../generated/console-operations.ts';
import { useList } from '../../api/ask.ts';
import { useRegion, useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useWords } from '../../i18n/words.ts';
import { Menu } from '../../ui/menu.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Status, type Tone } from '../../ui/status.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Bytes, Time } from '../../ui/values.tsx';
import type { Disk } from './disk.tsx';
import { Rollback, type TimeLineSnapshot } from './rollback.tsx';
import { words } from './words.ts';

const TONES = { PROGRESSING: 'running', ACCOMPLISHED: 'ok', FAILED: 'danger' } as const satisfies Record<string, Tone>;

/** The snapshots of the disk, the newest first, and what each can do for it. */
export function TimeLine({ disk }: { readonly disk: Disk }) {
  const say = useWords(words);
  const to = useTo();
  const can = useCan();
  const region = useRegion();
  const [, go] = useLocation();
  const [target, setTarget] = useState<TimeLineSnapshot>();
  const list = useList(
    DiskTimeLineDocument,
    { id: disk.id, region },
    { page: ({ snapshots }) => snapshots, unsettled: ({ status }) => status === 'PROGRESSING' },
  );
  const columns: readonly Column<TimeLineSnapshot>[] = [
    {
      id: 'name',
      title: say('snapshot'),
      width: '2fr',
      narrow: 'first',
      cell: ({ id, name }) => <Link href={to('snapshots', id)}>{name}</Link>,
    },
    {
      id: 'status',
      title: say('status'),
      width: '150px',
      cell: ({ status, progressPercent }) =>
        status === 'PROGRESSING' ? (
          <Progress label={say('PROGRESSING')} percent={progressPercent} hideLabel />
        ) : (
          <Status tone={TONES[status]}>{say(status)}</Status>
        ),
    },
    { id: 'kind', title: say('kind'), cell: ({ kind }) => say(kind) },
    { id: 'created', title: say('created'), cell: ({ createdAt }) => <Time at={createdAt} form="short" /> },
    {
      id: 'kept',
      title: say('kept'),
      narrow: 'never',
      cell: ({ expiresAt }) => (expiresAt === null ? say('keptForever') : <Time at={expiresAt} form="short" />),
    },
    {
      id: 'own',
      title: say('own'),
      width: '96px',
      align: 'end',
      narrow: 'first',
      cell: ({ sizes }) => <Bytes value={sizes?.ownBytes ?? null} />,
    },
    {
      id: 'all',
      title: say('all'),
      width: '96px',
      align: 'end',
      narrow: 'never',
      cell: ({ sizes }) => <Bytes value={sizes?.totalBytes ?? null} />,
    },
    {
      id: 'acts',
      title: say('acts'),
      width: '84px',
      narrow: 'first',
      cell: (snapshot) => (
        <Menu
          label={snapshot.name}
          acts={[
            can('rollbackDisk') && { id: 'rollback', text: say('rollback'), onAct: () => setTarget(snapshot) },
            can('createDisk') && {
              id: 'clone',
              text: say('clone'),
              onAct: () => go(`${to('disks', 'new')}?snapshot=${snapshot.id}`),
            },
          ]}
        />
      ),
    },
  ];
  return (
    <>
      <Table
        label={say('tabTimeLine')}
        columns={columns}
        rows={list.nodes}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        list={list}
        empty={<EmptyState title={say('noTimeLine')}>{say('noTimeLineHelp')}</EmptyState>}
      />
      {target !== undefined && <Rollback disk={disk} snapshot={target} onClose={() => setTarget(undefined)} />}
    </>
  );
}
