import { useState } from 'react';
import { useLocation } from 'wouter';
import { InstanceChoicesDocument, InstanceCreateDocument } from '../../../generated/console-operations.ts';
import { useAsk, useChange } from '../../api/ask.ts';
import { useRegion, useTo } from '../../app/places.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Form } from '../../ui/form.tsx';
import { CheckInput, SelectInput, TextInput } from '../../ui/inputs.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { words } from './words.ts';

const GIB = 1024 ** 3;
const bytesOf = (gib: string) => Math.round(Number(gib) * GIB);
/** One size a line. */
const sizesIn = (text: string) => text.split(/\s+/).filter((size) => size !== '');

interface SystemDisk {
  readonly origin: 'EMPTY' | 'IMAGE' | 'SNAPSHOT';
  readonly imageId: string;
  readonly snapshotId: string;
  /** In GiB, as it was typed. */
  readonly size: string;
}

function systemDiskInput({ origin, imageId, snapshotId, size }: SystemDisk) {
  return {
    ...(size !== '' && { sizeBytes: bytesOf(size) }),
    ...(origin === 'IMAGE' && { imageId }),
    ...(origin === 'SNAPSHOT' && { snapshotId: snapshotId.trim() }),
  };
}

/** A record of a machine: its system disk is empty, or of an image or snapshot. */
export default function NewInstance() {
  const say = useWords(words);
  const to = useTo();
  const region = useRegion();
  const tell = useTell();
  const [, go] = useLocation();
  const [name, setName] = useState('');
  const [system, setSystem] = useState<SystemDisk>({ origin: 'IMAGE', imageId: '', snapshotId: '', size: '' });
  const [policyId, setPolicyId] = useState('none');
  const [more, setMore] = useState('');
  const [start, setStart] = useState(true);
  const [deletionProtection, setProtection] = useState(false);
  const [clientToken] = useState(() => crypto.randomUUID());
  const choices = useAsk(InstanceChoicesDocument, { region }, { live: false });
  const change = useChange(InstanceCreateDocument);
  const policy = policyId === 'none' ? {} : { policyId };
  const submit = () =>
    change.mutate(
      {
        input: {
          region,
          clientToken,
          start,
          deletionProtection,
          ...(name !== '' && { name }),
          systemDisk: { ...policy, ...systemDiskInput(system) },
          dataDisks: sizesIn(more).map((gib) => ({ ...policy, sizeBytes: bytesOf(gib) })),
        },
      },
      {
        onSuccess: ({ createInstance: { instance } }) => {
          tell({ text: say('made', { name: instance.name }) });
          go(to('instances', instance.id));
        },
      },
    );
  const wrong = sizesIn(more).some((gib) => !(Number(gib) > 0)) ? say('dataDisksHelp') : undefined;
  const why = wrong ?? (system.origin === 'IMAGE' && system.imageId === '' ? say('chooseImage') : undefined);
  return (
    <Page title={say('create')} above={{ title: say('title'), href: to('instances') }}>
      <Section>
        <Form
          act={say('create')}
          onSubmit={submit}
          onCancel={() => go(to('instances'))}
          error={change.error}
          isPending={change.isPending}
          why={why}
        >
          <TextInput label={say('name')} name="name" help={say('nameHelp')} value={name} onChange={setName} autoFocus />
          <SystemDiskInputs value={system} onChange={setSystem} images={choices.data?.images.nodes ?? []} />
          <TextInput
            label={say('dataDisks')}
            name="dataDisks"
            help={say('dataDisksHelp')}
            lines={3}
            value={more}
            onChange={setMore}
            error={wrong}
          />
          <SelectInput
            label={say('policy')}
            name="systemDisk.policyId"
            value={policyId}
            onChange={setPolicyId}
            choices={[
              { value: 'none', text: say('noPolicy') },
              ...(choices.data?.policies.nodes ?? []).map((one) => ({ value: one.id, text: one.name })),
            ]}
          />
          <CheckInput label={say('startIt')} value={start} onChange={setStart} />
          <CheckInput label={say('protect')} value={deletionProtection} onChange={setProtection} />
        </Form>
      </Section>
    </Page>
  );
}

interface SystemDiskProps {
  readonly value: SystemDisk;
  readonly onChange: (value: SystemDisk) => void;
  readonly images: readonly { readonly id: string; readonly name: string }[];
}

function SystemDiskInputs({ value, onChange, images }: SystemDiskProps) {
  const say = useWords(words);
  const { origin, imageId, snapshotId, size } = value;
  return (
    <>
      <SelectInput
        label={say('systemDisk')}
        value={origin}
        onChange={(next) => onChange({ ...value, origin: next })}
        choices={(['IMAGE', 'SNAPSHOT', 'EMPTY'] as const).map((one) => ({ value: one, text: say(`of${one}`) }))}
      />
      {origin === 'IMAGE' && (
        <SelectInput
          label={say('image')}
          name="systemDisk.imageId"
          value={imageId}
          onChange={(next) => onChange({ ...value, imageId: next })}
          choices={images.map((image) => ({ value: image.id, text: image.name }))}
        />
      )}
      {origin === 'SNAPSHOT' && (
        <TextInput
          label={say('snapshot')}
          name="systemDisk.snapshotId"
          help={say('snapshotHelp')}
          isRequired
          value={snapshotId}
          onChange={(next) => onChange({ ...value, snapshotId: next })}
        />
      )}
      <TextInput
        label={say('sizeGib')}
        name="systemDisk.sizeBytes"
        type="number"
        help={say(origin === 'EMPTY' ? 'sizeEmpty' : 'sizeOfOrigin')}
        isRequired={origin === 'EMPTY'}
        value={size}
        onChange={(next) => onChange({ ...value, size: next })}
      />
    </>
  );
}
