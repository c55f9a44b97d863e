import { useState } from 'react';
import { type ApiError, session } from '../api/request.ts';
import { useWords } from '../i18n/words.ts';
import { Form } from '../ui/form.tsx';
import { TextInput } from '../ui/inputs.tsx';
import { Banner } from '../ui/notes.tsx';
import { Preferences } from './preferences.tsx';
import s from './shell.module.css';
import { words } from './words.ts';

export function SignIn({
  reason,
  onDone,
}: {
  readonly reason: 'out' | 'link-used' | 'ended';
  readonly onDone: () => void;
}) {
  const say = useWords(words);
  const [key, setKey] = useState('');
  const [error, setError] = useState<ApiError | null>(null);
  const [isPending, setPending] = useState(false);
  const submit = async () => {
    setPending(true);
    setError(null);
    try {
      await session.signIn({ key: key.trim() });
      onDone();
    } catch (failure) {
      setError(failure as ApiError);
      setPending(false);
    }
  };
  return (
    <main className={s.signIn}>
      <h1>{say('signInTitle')}</h1>
      {reason !== 'out' && <Banner tone="warning">{say(reason === 'ended' ? 'sessionEnded' : 'linkUsed')}</Banner>}
      <Form act={say('signIn')} onSubmit={() => void submit()} error={error} isPending={isPending}>
        <TextInput
          label={say('key')}
          help={say('keyHelp')}
          type="password"
          value={key}
          onChange={setKey}
          autoComplete="off"
          autoFocus
          isRequired
        />
      </Form>
      <Preferences />
    </main>
  );
}
