import { useEffect, useState } from 'react';
import { DiskRollbackDocument, type DiskTimeLineQuery } from '../../../generated/console-operations.ts';
import { useChange } from '../../api/ask.ts';
import type { FailureCode } from '../../api/request.ts';
import { useCan } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { bytesText, relativeText } from '../../i18n/format.ts';
import { useLanguage, useWords } from '../../i18n/words.ts';
import { ConfirmDialog, Consequences } from '../../ui/dialog.tsx';
import { CheckInput } from '../../ui/inputs.tsx';
import { useNow } from '../../ui/now.ts';
import { remedyOf } from '../../ui/remedies.ts';
import type { DiskDialogProps } from './create-snapshot.tsx';
import { words } from './words.ts';

export type TimeLineSnapshot = DiskTimeLineQuery['snapshots']['nodes'][number];

/**
 * The dry run says what would be lost, and why it would be refused. A safety snapshot is on at
 * first: with it nothing is lost, and nothing is typed.
 */
export function Rollback({ disk, snapshot, onClose }: DiskDialogProps & { readonly snapshot: TimeLineSnapshot }) {
  const say = useWords(words);
  const language = useLanguage();
  const now = useNow();
  const can = useCan();
  const tell = useTell();
  const [isSafe, setSafe] = useState(true);
  const [startInstance, setStart] = useState(false);
  const preview = useChange(DiskRollbackDocument, { changes: false });
  const change = useChange(DiskRollbackDocument);
  const input = { diskId: disk.id, snapshotId: snapshot.id, safetySnapshot: isSafe, startInstance };
  const { mutate: look } = preview;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each choice is looked at again
  useEffect(() => {
    if (can('rollbackDisk')) look({ input: { ...input, dryRun: true } });
  }, [isSafe, startInstance, snapshot.id, look]);
  const told = preview.data?.rollbackDisk;
  const [refusal] = told?.refusals ?? [];
  const lost = () => {
    if (told === undefined) return say('looking');
    if (isSafe) return say('lostSaved');
    const time = relativeText(told.loss.since, now, language);
    if (told.loss.changedBytes === 0 && told.loss.complete) return say('lostNone', { time });
    return say(told.loss.complete ? 'lostBytes' : 'lostLeast', {
      size: bytesText(told.loss.changedBytes, language),
      time,
    });
  };
  return (
    <ConfirmDialog
      title={say('rollbackTo', { name: snapshot.name })}
      onClose={onClose}
      friction={isSafe ? 'recoverable' : 'irrevocable'}
      name={disk.name}
      act={say('rollbackTo', { name: snapshot.name })}
      error={change.error ?? preview.error}
      isPending={change.isPending}
      why={refusal === undefined ? undefined : `${refusal.message} ${remedyOf(refusal.code as FailureCode, language)}`}
      onConfirm={() =>
        change.mutate(
          { input: { ...input, expectedVersion: disk.version } },
          {
            onSuccess: () => {
              tell({ text: say('rolledBack', { name: disk.name }) });
              onClose();
            },
          },
        )
      }
    >
      <Consequences
        goes={lost()}
        stays={say('rollbackStays')}
        {...(refusal !== undefined && {
          refused: `${refusal.message} ${remedyOf(refusal.code as FailureCode, language)}`,
        })}
      />
      <CheckInput label={say('safety')} help={say('safetyHelp')} value={isSafe} onChange={setSafe} />
      {disk.instances.length > 0 && (
        <CheckInput label={say('startInstance')} value={startInstance} onChange={setStart} />
      )}
    </ConfirmDialog>
  );
}
