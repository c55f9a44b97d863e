import { useState } from 'react';
import {
  SnapshotDeleteDocument,
  SnapshotDeletionDocument,
  type SnapshotDeletionQuery,
  SnapshotRestoreDocument,
} from '../../../generated/console-operations.ts';
import { useAsk, useChange } from '../../api/ask.ts';
import { useTell } from '../../app/tray.tsx';
import { bytesText, numberText, timeText } from '../../i18n/format.ts';
import { useLanguage, useWords } from '../../i18n/words.ts';
import { ConfirmDialog, Consequences } from '../../ui/dialog.tsx';
import { CheckInput } from '../../ui/inputs.tsx';
import { ErrorNote, Waiting } from '../../ui/notes.tsx';
import type { Row } from './states.tsx';
import { words } from './words.ts';

/** What one preview, and one deletion, can take. */
export const MOST_AT_ONCE = 100;

type Preview = SnapshotDeletionQuery['deleteSnapshotsPreview'];

export interface DeleteProps {
  readonly snapshots: readonly Pick<Row, 'id' | 'name'>[];
  readonly onClose: () => void;
  /** Those that were refused: they stay chosen. */
  readonly onDone: (left: ReadonlySet<string>) => void;
}

/** Asks with the exact preview: what goes, what is refused and why, what is freed and from when. */
export function DeleteSnapshots({ snapshots, onClose, onDone }: DeleteProps) {
  const say = useWords(words);
  const tell = useTell();
  const [force, setForce] = useState(false);
  const ids = snapshots.map(({ id }) => id);
  const asked = useAsk(SnapshotDeletionDocument, { input: { snapshotIds: ids, force } }, { live: false });
  const change = useChange(SnapshotDeleteDocument);
  const restore = useChange(SnapshotRestoreDocument);
  const preview = asked.data?.deleteSnapshotsPreview;
  const nameOf = (id: string) => snapshots.find((snapshot) => snapshot.id === id)?.name ?? id;
  const going = preview?.results.flatMap(({ snapshotId, error }) => (error === null ? [snapshotId] : [])) ?? [];
  const isRecoverable = preview !== undefined && preview.restorableUntil !== null;

  const confirm = () =>
    change.mutate(
      { input: { snapshotIds: going, force } },
      {
        onSuccess: ({ deleteSnapshots: { results } }) => {
          const done = results.filter(({ deleted }) => deleted);
          const back = done
            .filter(({ restorableUntil }) => restorableUntil !== null)
            .map(({ snapshotId }) => snapshotId);
          if (done.length > 0) {
            tell({
              text: say('deleted', { count: done.length }),
              ...(back.length > 0 &&
                back.length <= 20 && {
                  undo: () =>
                    restore.later(
                      { input: { ids: back } },
                      {
                        onSuccess: ({ restoreTrash }) =>
                          tell({
                            text: say('broughtBack', {
                              count: restoreTrash.results.filter((one) => one.restored).length,
                            }),
                          }),
                        onError: (error) => tell({ text: say('undo'), error }),
                      },
                    ),
                }),
            });
          }
          const refused = results.filter(({ deleted }) => !deleted);
          for (const { snapshotId, error } of refused) {
            tell({ text: say('notDeleted', { name: nameOf(snapshotId), why: error?.message ?? '' }), tone: 'danger' });
          }
          const left = preview?.results.filter(({ error }) => error !== null) ?? [];
          onDone(new Set([...left, ...refused].map(({ snapshotId }) => snapshotId)));
        },
      },
    );

  return (
    <ConfirmDialog
      title={say('deleteMany', { count: snapshots.length })}
      act={say('deleteMany', { count: going.length })}
      friction={preview === undefined || isRecoverable ? 'recoverable' : 'irrevocable'}
      name={snapshots.length === 1 ? (snapshots[0]?.name ?? '') : String(going.length)}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
      why={preview !== undefined && going.length === 0 ? say('noneDeletable') : preview === undefined ? '…' : undefined}
      onConfirm={confirm}
    >
      {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {preview === undefined && asked.error === null && <Waiting lines={4} />}
      {preview !== undefined && <Effect preview={preview} going={going} nameOf={nameOf} />}
      <CheckInput label={say('force')} help={say('forceHelp')} value={force} onChange={setForce} />
    </ConfirmDialog>
  );
}

interface EffectProps {
  readonly preview: Preview;
  readonly going: readonly string[];
  readonly nameOf: (id: string) => string;
}

const SHOWN = 5;

function Effect({ preview, going, nameOf }: EffectProps) {
  const say = useWords(words);
  const language = useLanguage();
  const refused = preview.results.filter(({ error }) => error !== null);
  const size = bytesText(preview.storedBytes, language);
  const freed = {
    size,
    count: numberText(preview.objects, language),
    when: timeText(preview.freeFrom, language),
  };
  const names = going.slice(0, SHOWN).map(nameOf).join(', ');
  return (
    <Consequences
      goes={
        <>
          {say('deleteGoes', { count: going.length })}
          {names !== '' && `: ${names}${going.length > SHOWN ? ', …' : ''}`}
        </>
      }
      stays={say('deleteStays')}
      {...(refused.length > 0 && {
        refused: (
          <ul>
            {refused.map(({ snapshotId, error }) => (
              <li key={snapshotId}>
                {nameOf(snapshotId)}: {error?.message}
              </li>
            ))}
          </ul>
        ),
      })}
      freed={
        preview.objects === 0 && preview.settled
          ? say('deleteNothingFreed')
          : say(preview.settled ? 'deleteFreed' : 'deleteFreedLeast', freed)
      }
      until={preview.restorableUntil === null ? say('deleteAtOnce') : timeText(preview.restorableUntil, language)}
    />
  );
}
