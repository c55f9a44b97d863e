import { useState } from 'react';
import { Link } from 'react-aria-components';
import {
  PolicyApplyDocument,
  PolicyCancelDocument,
  PolicyDisksDocument,
  PolicyOthersDocument,
  type PolicyOthersQuery,
} from '../../../generated/console-operations.ts';
import { useChange, useList } from '../../api/ask.ts';
import { useQueryState, useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { CheckInput } from '../../ui/inputs.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Status } from '../../ui/status.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Bytes, None } from '../../ui/values.tsx';
import { words } from './words.ts';

type Other = NonNullable<PolicyOthersQuery['policy']>['coverableDisks']['nodes'][number];
type Row = Omit<Other, 'policy'> & Partial<Pick<Other, 'policy'>>;

/** Of one call. */
const MOST = 100;
const PAGE = 200;
const NONE = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

/** Undone by applying it again. */
export function DisksWith({ id }: { readonly id: string }) {
  const say = useWords(words);
  const to = useTo();
  const can = useCan();
  const tell = useTell();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const list = useList(PolicyDisksDocument, { id, first: PAGE }, { page: ({ policy }) => policy?.disks ?? NONE });
  const cancel = useChange(PolicyCancelDocument);
  const apply = useChange(PolicyApplyDocument);
  const picked = (list.nodes ?? []).filter((disk) => chosen.has(disk.id));
  const doCancel = () =>
    cancel.mutate(
      { input: { diskIds: picked.map((disk) => disk.id) } },
      {
        onSuccess: ({ cancelPolicy: { results } }) => {
          const done = results.filter(({ cancelled }) => cancelled).map(({ diskId }) => diskId);
          const undo = () => apply.mutate({ input: { policyId: id, diskIds: done } });
          if (done.length > 0) tell({ text: say('cancelled', { count: done.length }), undo });
          tellRefused(results.filter(({ cancelled }) => !cancelled));
        },
        onError: (error) => tell({ text: say('cancel', { count: picked.length }), error }),
      },
    );
  const tellRefused = useTellRefused(picked, setChosen);
  return (
    <Table
      label={say('with')}
      columns={useColumns(false)}
      rows={list.nodes}
      idOf={(disk) => disk.id}
      nameOf={({ name }) => name}
      list={list}
      {...(can('cancelPolicy') && {
        chosen,
        onChoose: setChosen,
        batch: (
          <Button onPress={doCancel} isPending={cancel.isPending} why={picked.length > MOST ? say('most') : undefined}>
            {say('cancel', { count: picked.length })}
          </Button>
        ),
      })}
      empty={
        <EmptyState
          title={say('noDisks')}
          actions={
            can('applyPolicy') && <LinkButton href={to('policies', id, 'without')}>{say('toOthers')}</LinkButton>
          }
        >
          {say('noDisksHelp')}
        </EmptyState>
      }
    />
  );
}

export function DisksWithout({ id }: { readonly id: string }) {
  const say = useWords(words);
  const can = useCan();
  const tell = useTell();
  const [query, setQuery] = useQueryState();
  const withoutPolicy = query.has('free');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const list = useList(
    PolicyOthersDocument,
    { id, first: PAGE, withoutPolicy },
    { page: ({ policy }) => policy?.coverableDisks ?? NONE },
  );
  const apply = useChange(PolicyApplyDocument);
  const picked = (list.nodes ?? []).filter((disk) => chosen.has(disk.id));
  const tellRefused = useTellRefused(picked, setChosen);
  const doApply = () =>
    apply.mutate(
      { input: { policyId: id, diskIds: picked.map((disk) => disk.id) } },
      {
        onSuccess: ({ applyPolicy: { results } }) => {
          const done = results.filter(({ applied }) => applied);
          if (done.length > 0) tell({ text: say('applied', { count: done.length }) });
          for (const { diskId, diskStatus } of done) {
            const name = picked.find((disk) => disk.id === diskId)?.name ?? diskId;
            if (diskStatus !== 'IN_USE') tell({ text: say('appliedIdle', { name }), tone: 'running' });
          }
          tellRefused(results.filter(({ applied }) => !applied));
        },
        onError: (error) => tell({ text: say('apply', { count: picked.length }), error }),
      },
    );
  return (
    <>
      <CheckInput
        label={say('onlyFree')}
        value={withoutPolicy}
        onChange={(on) => setQuery({ free: on ? 'yes' : undefined })}
      />
      <Table
        label={say('without')}
        columns={useColumns(true)}
        rows={list.nodes}
        idOf={(disk) => disk.id}
        nameOf={({ name }) => name}
        list={list}
        {...(can('applyPolicy') && {
          chosen,
          onChoose: setChosen,
          batch: (
            <Button
              kind="primary"
              onPress={doApply}
              isPending={apply.isPending}
              why={picked.length > MOST ? say('most') : undefined}
            >
              {say('apply', { count: picked.length })}
            </Button>
          ),
        })}
        empty={<EmptyState title={say('noOthers')} />}
      />
    </>
  );
}

interface Refused {
  readonly diskId: string;
  readonly error: { readonly message: string } | null;
}

/** Those that were refused stay chosen. */
function useTellRefused(disks: readonly Row[], choose: (left: ReadonlySet<string>) => void) {
  const say = useWords(words);
  const tell = useTell();
  return (refused: readonly Refused[]) => {
    for (const { diskId, error } of refused) {
      const name = disks.find(({ id }) => id === diskId)?.name ?? diskId;
      tell({ text: say('refused', { name, why: error?.message ?? '' }), tone: 'danger' });
    }
    choose(new Set(refused.map(({ diskId }) => diskId)));
  };
}

function useColumns(hasOther: boolean): readonly Column<Row>[] {
  const say = useWords(words);
  const to = useTo();
  const other: Column<Row> = {
    id: 'other',
    title: say('other'),
    cell: ({ policy }) => (policy ? <Link href={to('policies', policy.id)}>{policy.name}</Link> : <None />),
  };
  return [
    {
      id: 'disk',
      title: say('disk'),
      width: '2fr',
      narrow: 'first',
      cell: ({ id, name }) => <Link href={to('disks', id)}>{name}</Link>,
    },
    {
      id: 'status',
      title: say('status'),
      width: '1.5fr',
      narrow: 'first',
      cell: ({ status }) =>
        status === 'IN_USE' ? (
          <Status tone="ok">{say('IN_USE')}</Status>
        ) : (
          <Status tone="warning">{say('notInUse')}</Status>
        ),
    },
    { id: 'kind', title: say('kind'), narrow: 'never', cell: ({ kind }) => say(kind) },
    ...(hasOther ? [other] : []),
    {
      id: 'size',
      title: say('size'),
      width: '100px',
      align: 'end',
      narrow: 'first',
      cell: ({ sizeBytes }) => <Bytes value={sizeBytes} />,
    },
  ];
}
