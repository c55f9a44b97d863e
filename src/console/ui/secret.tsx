import { useWords } from '../i18n/words.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Banner } from './notes.tsx';
import s from './secret.module.css';
import { IdText } from './values.tsx';
import { words } from './words.ts';

export interface SecretProps {
  readonly title: string;
  readonly secret: string;
  readonly onClose: () => void;
}

/** What is shown once and never again. */
export function Secret({ title, secret, onClose }: SecretProps) {
  const say = useWords(words);
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={s.secret}>
        <Banner tone="warning">{say('shownOnce')}</Banner>
        <IdText id={secret} />
        <Button kind="primary" onPress={onClose}>
          {say('iHaveIt')}
        </Button>
      </div>
    </Dialog>
  );
}
