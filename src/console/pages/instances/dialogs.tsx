import { useState } from 'react';
import { useLocation } from 'wouter';
import {
  InstanceAttachDocument,
  InstanceFreeDisksDocument,
  InstanceReleaseDocument,
  InstanceReplaceDocument,
} from '../../../generated/console-operations.ts';
import { useAsk, useChange } from '../../api/ask.ts';
import { useRegion, useTo } from '../../app/places.ts';
import { useTell } from '../../app/tray.tsx';
import { bytesText } from '../../i18n/format.ts';
import { useLanguage, useWords } from '../../i18n/words.ts';
import { ConfirmDialog, Consequences, Dialog } from '../../ui/dialog.tsx';
import { FieldErrors } from '../../ui/field-errors.ts';
import { Form } from '../../ui/form.tsx';
import { SelectInput, TextInput } from '../../ui/inputs.tsx';
import { EmptyState, ErrorNote, Waiting } from '../../ui/notes.tsx';
import type { Instance } from './instance.tsx';
import { words } from './words.ts';

interface InstanceDialogProps {
  readonly instance: Instance;
  readonly onClose: () => void;
}

export function Attach({ instance, onClose }: InstanceDialogProps) {
  const say = useWords(words);
  const language = useLanguage();
  const region = useRegion();
  const tell = useTell();
  const free = useAsk(InstanceFreeDisksDocument, { region }, { live: false });
  const [chosen, setChosen] = useState<string>();
  const change = useChange(InstanceAttachDocument);
  const disks = free.data?.disks.nodes;
  const disk = disks?.find(({ id }) => id === chosen) ?? disks?.[0];
  const attach = () =>
    disk !== undefined &&
    change.mutate(
      { input: { diskId: disk.id, instanceId: instance.id } },
      {
        onSuccess: () => {
          tell({ text: say('attached', { name: disk.name }) });
          onClose();
        },
      },
    );
  return (
    <Dialog title={say('attach')} onClose={onClose}>
      {free.error !== null && <ErrorNote error={free.error} />}
      {disks === undefined && free.error === null && <Waiting />}
      {disks?.length === 0 && <EmptyState title={say('noFree')} />}
      {disk !== undefined && (
        <Form
          act={say('attach')}
          onSubmit={attach}
          onCancel={onClose}
          error={change.error}
          isPending={change.isPending}
        >
          <SelectInput
            label={say('disk')}
            name="diskId"
            help={say('attachHelp')}
            value={disk.id}
            onChange={setChosen}
            choices={(disks ?? []).map(({ id, name, sizeBytes }) => ({
              value: id,
              text: name,
              help: `${bytesText(sizeBytes, language)} · ${id}`,
            }))}
          />
        </Form>
      )}
    </Dialog>
  );
}

export function Release({ instance, onClose }: InstanceDialogProps) {
  const say = useWords(words);
  const tell = useTell();
  const to = useTo();
  const [, go] = useLocation();
  const change = useChange(InstanceReleaseDocument);
  const names = (disks: readonly { readonly name: string }[]) => disks.map(({ name }) => name).join(', ');
  const goes = [instance.systemDisk, ...instance.dataDisks.filter((disk) => disk.deleteWithInstance)].filter(
    (disk) => disk !== null,
  );
  const stays = instance.dataDisks.filter((disk) => !disk.deleteWithInstance);
  return (
    <ConfirmDialog
      title={say('releaseAct', { name: instance.name })}
      onClose={onClose}
      friction="irrevocable"
      name={instance.name}
      act={say('releaseAct', { name: instance.name })}
      error={change.error}
      isPending={change.isPending}
      onConfirm={() =>
        change.mutate(
          { input: { instanceId: instance.id } },
          {
            onSuccess: () => {
              tell({ text: say('released', { name: instance.name }) });
              go(to('instances'));
            },
          },
        )
      }
    >
      <Consequences
        goes={say('releaseGoes', { disks: names(goes) })}
        stays={stays.length === 0 ? say('releaseNone') : say('releaseStays', { disks: names(stays) })}
      />
    </ConfirmDialog>
  );
}

const GIB = 1024 ** 3;

export function Replace({ instance, onClose }: InstanceDialogProps) {
  const say = useWords(words);
  const tell = useTell();
  const [from, setFrom] = useState('');
  const [size, setSize] = useState(String((instance.systemDisk?.sizeBytes ?? GIB) / GIB));
  const [clientToken] = useState(() => crypto.randomUUID());
  const change = useChange(InstanceReplaceDocument);
  const origin = from === '' ? {} : from.startsWith('s-') ? { snapshotId: from } : { imageId: from };
  const replace = () =>
    change.mutate(
      {
        input: {
          instanceId: instance.id,
          clientToken,
          systemDisk: { ...origin, ...(size !== '' && { sizeBytes: Math.round(Number(size) * GIB) }) },
        },
      },
      {
        onSuccess: () => {
          tell({ text: say('replaced', { name: instance.name }) });
          onClose();
        },
      },
    );
  return (
    <ConfirmDialog
      title={say('replace')}
      onClose={onClose}
      friction="irrevocable"
      name={instance.name}
      act={say('replaceAct')}
      error={change.error}
      isPending={change.isPending}
      onConfirm={replace}
    >
      <Consequences goes={say('replaceGoes', { disk: instance.systemDisk?.name ?? '' })} stays={say('replaceStays')} />
      <FieldErrors value={change.error}>
        <TextInput
          label={say('replaceFrom')}
          name="systemDisk.snapshotId"
          help={say('replaceFromHelp')}
          value={from}
          onChange={setFrom}
        />
        <TextInput
          label={say('sizeGib')}
          name="systemDisk.sizeBytes"
          type="number"
          help={say('sizeHelp')}
          value={size}
          onChange={setSize}
        />
      </FieldErrors>
    </ConfirmDialog>
  );
}
