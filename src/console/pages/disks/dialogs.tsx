import { useState } from 'react';
import { useLocation } from 'wouter';
import {
  DiskApplyPolicyDocument,
  DiskCancelPolicyDocument,
  DiskPoliciesDocument,
  DiskReinitializeDocument,
  DiskReleaseDocument,
  DiskResizeDocument,
} from '../../../generated/console-operations.ts';
import { useAsk, useChange } from '../../api/ask.ts';
import { ApiError } from '../../api/request.ts';
import { useRegion, useTo } from '../../app/places.ts';
import { useTell } from '../../app/tray.tsx';
import { bytesText } from '../../i18n/format.ts';
import { useLanguage, useWords } from '../../i18n/words.ts';
import { ConfirmDialog, Consequences, FormDialog } from '../../ui/dialog.tsx';
import { SelectInput, TextInput } from '../../ui/inputs.tsx';
import type { DiskDialogProps } from './create-snapshot.tsx';
import { words } from './words.ts';

const GIB = 1024 ** 3;

/** Taken out of a policy at once, with an undoing: nothing is lost by it. */
export function SetPolicy({ disk, onClose }: DiskDialogProps) {
  const say = useWords(words);
  const tell = useTell();
  const region = useRegion();
  const before = disk.policy?.id ?? 'none';
  const [policyId, setPolicyId] = useState(before);
  const policies = useAsk(DiskPoliciesDocument, { region }, { live: false });
  const apply = useChange(DiskApplyPolicyDocument);
  const cancel = useChange(DiskCancelPolicyDocument);
  const set = (id: string, isUndoing: boolean) => {
    const undo = isUndoing ? {} : { undo: () => set(before, true) };
    const done = (error: { readonly code: string; readonly message: string } | null | undefined) => {
      if (error !== null && error !== undefined) {
        tell({ text: say('setPolicy'), error: new ApiError(error.code as 'Internal', error.message) });
        return;
      }
      tell({ text: say(id === 'none' ? 'policyCancelled' : 'policySet', { name: disk.name }), ...undo });
      onClose();
    };
    // An undoing has no dialog that could show why it failed.
    const onError = (error: ApiError) => isUndoing && tell({ text: say('setPolicy'), error });
    const diskIds = [disk.id];
    if (id === 'none')
      cancel.later({ input: { diskIds } }, { onSuccess: (told) => done(told.cancelPolicy.results[0]?.error), onError });
    else
      apply.later(
        { input: { policyId: id, diskIds } },
        { onSuccess: (told) => done(told.applyPolicy.results[0]?.error), onError },
      );
  };
  return (
    <FormDialog
      title={say('setPolicy')}
      act={say('save')}
      onSubmit={() => set(policyId, false)}
      onClose={onClose}
      error={apply.error ?? cancel.error}
      isPending={apply.isPending || cancel.isPending}
    >
      <SelectInput
        label={say('policy')}
        value={policyId}
        onChange={setPolicyId}
        choices={[
          { value: 'none', text: say('noPolicy') },
          ...(policies.data?.policies.nodes ?? (disk.policy === null ? [] : [disk.policy])).map(({ id, name }) => ({
            value: id,
            text: name,
          })),
        ]}
      />
    </FormDialog>
  );
}

export function Resize({ disk, onClose }: DiskDialogProps) {
  const say = useWords(words);
  const language = useLanguage();
  const tell = useTell();
  const [size, setSize] = useState(String(disk.sizeBytes / GIB));
  const change = useChange(DiskResizeDocument);
  const resize = () =>
    change.mutate(
      { input: { diskId: disk.id, sizeBytes: Math.round(Number(size) * GIB) } },
      {
        onSuccess: () => {
          tell({ text: say('resized', { name: disk.name }) });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={say('resize')}
      act={say('resize')}
      onSubmit={resize}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
    >
      <TextInput
        label={say('sizeGib')}
        name="sizeBytes"
        type="number"
        help={say('resizeHelp', { size: bytesText(disk.sizeBytes, language) })}
        value={size}
        onChange={setSize}
        autoFocus
      />
    </FormDialog>
  );
}

/** Nothing brings back what no snapshot holds: the name is typed. */
export function Reinitialize({ disk, onClose }: DiskDialogProps) {
  const say = useWords(words);
  const tell = useTell();
  const change = useChange(DiskReinitializeDocument);
  return (
    <ConfirmDialog
      title={`${say('reinitialize')}: ${disk.name}`}
      onClose={onClose}
      friction="irrevocable"
      name={disk.name}
      act={say('reinitialize')}
      error={change.error}
      isPending={change.isPending}
      onConfirm={() =>
        change.mutate(
          { input: { diskId: disk.id } },
          {
            onSuccess: () => {
              tell({ text: say('reinitialized', { name: disk.name }) });
              onClose();
            },
          },
        )
      }
    >
      <Consequences
        goes={say(disk.origin.kind === 'NONE' ? 'reinitializeEmpty' : 'reinitializeGoes')}
        stays={say('reinitializeStays', { count: disk.chain?.snapshotCount ?? 0 })}
      />
    </ConfirmDialog>
  );
}

export function Release({ disk, onClose, trashHours }: DiskDialogProps & { readonly trashHours: number }) {
  const say = useWords(words);
  const language = useLanguage();
  const tell = useTell();
  const to = useTo();
  const [, go] = useLocation();
  const change = useChange(DiskReleaseDocument);
  return (
    <ConfirmDialog
      title={say('releaseAct', { name: disk.name })}
      onClose={onClose}
      friction={trashHours > 0 ? 'recoverable' : 'irrevocable'}
      name={disk.name}
      act={say('releaseAct', { name: disk.name })}
      error={change.error}
      isPending={change.isPending}
      onConfirm={() =>
        change.mutate(
          { input: { diskId: disk.id } },
          {
            onSuccess: () => {
              tell({ text: say('released', { name: disk.name }) });
              go(to('disks'));
            },
          },
        )
      }
    >
      <Consequences
        goes={
          <>
            <p>{say('releaseGoes', { size: bytesText(disk.sizes?.totalBytes ?? 0, language) })}</p>
            {disk.deleteAutoSnapshots && <p>{say('releaseAuto')}</p>}
          </>
        }
        stays={say(disk.deleteAutoSnapshots ? 'releaseStaysManual' : 'releaseStays')}
        until={trashHours > 0 ? say('trashHours', { count: trashHours }) : say('trashNone')}
      />
    </ConfirmDialog>
  );
}
