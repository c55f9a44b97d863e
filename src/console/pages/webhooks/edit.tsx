import { useState } from 'react';
import {
  WebhookCreateDocument,
  WebhookRotateDocument,
  WebhookUpdateDocument,
} from '../../../generated/console-operations.ts';
import { useChange } from '../../api/ask.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { FormDialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { Secret } from '../../ui/secret.tsx';
import { words } from './words.ts';

interface Edited {
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  readonly types: readonly string[] | null;
}

/** A new one, or one that there is. The secret of a new one is shown once. */
export function EditWebhook({ webhook, onClose }: { readonly webhook?: Edited; readonly onClose: () => void }) {
  const say = useWords(words);
  const tell = useTell();
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [types, setTypes] = useState(webhook?.types?.join('\n') ?? '');
  const create = useChange(WebhookCreateDocument);
  const update = useChange(WebhookUpdateDocument);
  const secret = create.data?.createWebhook.secret;
  if (secret !== undefined && secret !== null) {
    return <Secret title={say('secretTitle')} secret={secret} onClose={onClose} />;
  }
  const listed = types.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const save = () => {
    if (webhook === undefined) {
      const input = { url, ...(description !== '' && { description }), ...(listed.length > 0 && { types: listed }) };
      return create.mutate({ input }, { onSuccess: () => tell({ text: say('made') }) });
    }
    const input = {
      webhookId: webhook.id,
      url,
      description: description === '' ? null : description,
      types: listed.length === 0 ? null : listed,
    };
    update.mutate(
      { input },
      {
        onSuccess: () => {
          tell({ text: say('saved') });
          onClose();
        },
      },
    );
  };
  const act = webhook === undefined ? say('create') : say('save');
  const change = webhook === undefined ? create : update;
  return (
    <FormDialog
      title={webhook === undefined ? say('create') : say('edit')}
      act={act}
      onSubmit={save}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
    >
      <TextInput
        label={say('url')}
        name="url"
        help={say('urlHelp')}
        value={url}
        onChange={setUrl}
        isRequired
        autoFocus
      />
      <TextInput label={say('description')} name="description" value={description} onChange={setDescription} />
      <TextInput
        label={say('types')}
        name="types"
        help={say('typesHelp')}
        lines={4}
        value={types}
        onChange={setTypes}
      />
    </FormDialog>
  );
}

export function RotateSecret({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const say = useWords(words);
  const [hours, setHours] = useState('24');
  const change = useChange(WebhookRotateDocument);
  const why = /^\d{1,3}$/.test(hours) && Number(hours) <= 168 ? undefined : say('hours');
  const secret = change.data?.rotateWebhookSecret.secret;
  if (secret !== undefined) return <Secret title={say('secretTitle')} secret={secret} onClose={onClose} />;
  return (
    <FormDialog
      title={say('rotate')}
      act={say('rotate')}
      onSubmit={() => change.mutate({ input: { webhookId: id, overlapHours: Number(hours) } })}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
      why={why}
    >
      <TextInput
        label={say('rotateHelp')}
        name="overlapHours"
        type="number"
        value={hours}
        onChange={setHours}
        error={why}
        autoFocus
      />
    </FormDialog>
  );
}
