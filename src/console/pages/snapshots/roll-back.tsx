import { useEffect, useState } from 'react';
import { SnapshotRollBackDocument } from '../../../generated/console-operations.ts';
import { useChange } from '../../api/ask.ts';
import { useTell } from '../../app/tray.tsx';
import { bytesText, timeText } from '../../i18n/format.ts';
import { useLanguage, useWords } from '../../i18n/words.ts';
import { ConfirmDialog, Consequences } from '../../ui/dialog.tsx';
import { CheckInput } from '../../ui/inputs.tsx';
import { ErrorNote, Waiting } from '../../ui/notes.tsx';
import type { SnapshotDialogProps } from './snapshot.tsx';
import { words } from './words.ts';

/**
 * The dry run says what would be lost and why it would be refused; the name is typed without a
 * safety snapshot.
 */
export function RollBack({ snapshot, onClose }: SnapshotDialogProps) {
  const say = useWords(words);
  const language = useLanguage();
  const tell = useTell();
  const [isSafe, setSafe] = useState(true);
  const look = useChange(SnapshotRollBackDocument);
  const change = useChange(SnapshotRollBackDocument);
  const { id, name = '' } = snapshot.sourceDisk.disk ?? { id: snapshot.sourceDisk.id };
  const { mutate } = look;
  useEffect(() => mutate({ input: { diskId: id, snapshotId: snapshot.id, dryRun: true } }), [id, snapshot.id, mutate]);
  const seen = look.data?.rollbackDisk;
  const refusals = seen?.refusals ?? [];
  const confirm = () =>
    change.mutate(
      {
        input: {
          diskId: id,
          snapshotId: snapshot.id,
          safetySnapshot: isSafe,
          ...(seen !== undefined && { expectedVersion: seen.disk.version }),
        },
      },
      {
        onSuccess: () => {
          tell({ text: say('rolledBack', { name }) });
          onClose();
        },
      },
    );
  const lost = seen && {
    name,
    since: timeText(seen.loss.since, language),
    size: bytesText(seen.loss.changedBytes, language),
  };
  return (
    <ConfirmDialog
      title={say('rollBack')}
      act={say('rollBackAct', { name })}
      friction={isSafe ? 'recoverable' : 'irrevocable'}
      name={name}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
      why={seen === undefined ? say('rollBackMeasuring') : refusals[0]?.message}
      onConfirm={confirm}
    >
      {look.error !== null && <ErrorNote error={look.error} />}
      {seen === undefined && look.error === null && <Waiting lines={3} />}
      {lost !== undefined && (
        <Consequences
          goes={
            isSafe ? say('rollBackKept') : say(seen?.loss.complete === true ? 'rollBackGoes' : 'rollBackLeast', lost)
          }
          stays={say('rollBackStays')}
          {...(refusals.length > 0 && { refused: refusals.map(({ message }) => message).join(' ') })}
        />
      )}
      <CheckInput label={say('safety')} help={say('safetyHelp')} value={isSafe} onChange={setSafe} />
    </ConfirmDialog>
  );
}
