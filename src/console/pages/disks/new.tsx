import { useState } from 'react';
import { useLocation } from 'wouter';
import { type DiskCategory, DiskCreateDocument, DiskPoliciesDocument } from '../../../generated/console-operations.ts';
import { useAsk, useChange } from '../../api/ask.ts';
import { useQueryState, useRegion, useTo } from '../../app/places.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Form } from '../../ui/form.tsx';
import { CheckInput, SelectInput, TextInput } from '../../ui/inputs.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { words } from './words.ts';

const GIB = 1024 ** 3;

/** Empty, or from the snapshot that the address names (`?snapshot=`). */
export default function NewDisk() {
  const say = useWords(words);
  const to = useTo();
  const region = useRegion();
  const tell = useTell();
  const [, go] = useLocation();
  const [query] = useQueryState();
  const [name, setName] = useState('');
  const [size, setSize] = useState('');
  const [snapshotId, setSnapshotId] = useState(query.get('snapshot') ?? '');
  const [category, setCategory] = useState<DiskCategory>('CLOUD');
  const [policyId, setPolicyId] = useState('none');
  const [encrypted, setEncrypted] = useState(false);
  const change = useChange(DiskCreateDocument);
  const [clientToken] = useState(() => crypto.randomUUID());
  const submit = () =>
    change.mutate(
      {
        input: {
          region,
          category,
          clientToken,
          ...(name !== '' && { name }),
          ...(size !== '' && { sizeBytes: Math.round(Number(size) * GIB) }),
          ...(snapshotId !== '' && { snapshotId }),
          ...(policyId !== 'none' && category !== 'LOCAL' && { policyId }),
          ...(encrypted && { encrypted }),
        },
      },
      {
        onSuccess: ({ createDisk: { disk } }) => {
          tell({ text: say('created2', { name: disk.name }) });
          go(to('disks', disk.id));
        },
      },
    );
  const title = say(snapshotId === '' ? 'create' : 'createFrom');
  return (
    <Page title={title} above={{ title: say('title'), href: to('disks') }}>
      <Section>
        <Form
          act={title}
          onSubmit={submit}
          onCancel={() => go(to('disks'))}
          error={change.error}
          isPending={change.isPending}
        >
          <TextInput label={say('name')} name="name" help={say('nameHelp')} value={name} onChange={setName} autoFocus />
          <TextInput
            label={say('fromSnapshot')}
            name="snapshotId"
            help={say('fromSnapshotHelp')}
            value={snapshotId}
            onChange={setSnapshotId}
          />
          <TextInput
            label={say('sizeGib')}
            name="sizeBytes"
            type="number"
            help={say(snapshotId === '' ? 'sizeHelp' : 'sizeFromSnapshot')}
            isRequired={snapshotId === ''}
            value={size}
            onChange={setSize}
          />
          <SelectInput
            label={say('category')}
            name="category"
            value={category}
            onChange={setCategory}
            choices={(['CLOUD', 'SHARED', 'LOCAL'] as const).map((value) => ({
              value,
              text: say(value),
              help: say(`${value}_HELP`),
            }))}
          />
          {category !== 'LOCAL' && <PolicyInput value={policyId} onChange={setPolicyId} />}
          <CheckInput label={say('encrypt')} help={say('encryptHelp')} value={encrypted} onChange={setEncrypted} />
        </Form>
      </Section>
    </Page>
  );
}

function PolicyInput(props: { readonly value: string; readonly onChange: (policyId: string) => void }) {
  const say = useWords(words);
  const region = useRegion();
  const policies = useAsk(DiskPoliciesDocument, { region }, { live: false });
  return (
    <SelectInput
      label={say('policy')}
      name="policyId"
      {...props}
      choices={[
        { value: 'none', text: say('noPolicy') },
        ...(policies.data?.policies.nodes ?? []).map(({ id, name }) => ({ value: id, text: name })),
      ]}
    />
  );
}
