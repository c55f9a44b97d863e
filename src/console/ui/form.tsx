import type { ReactNode } from 'react';
import type { ApiError } from '../api/request.ts';
import { useWords } from '../i18n/words.ts';
import { Actions, Button } from './button.tsx';
import { FieldErrors } from './field-errors.ts';
import s from './inputs.module.css';
import { ErrorNote } from './notes.tsx';
import { words } from './words.ts';

export interface FormProps {
  readonly children: ReactNode;
  /** Names the act: `Create snapshot`. */
  readonly act: string;
  readonly onSubmit: () => void;
  readonly onCancel?: () => void;
  readonly error?: ApiError | null;
  readonly isPending?: boolean;
  /** Why it cannot be sent yet. */
  readonly why?: string | undefined;
}

/**
 * Fields in a column; an error that names one of them (`name`) is shown there, all others above the
 * button.
 */
export function Form({ children, act, onSubmit, onCancel, error = null, isPending = false, why }: FormProps) {
  const say = useWords(words);
  return (
    <FieldErrors value={error}>
      <form
        className={s.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (why === undefined && !isPending) onSubmit();
        }}
      >
        {children}
        {error !== null && <ErrorNote error={error} />}
        <Actions>
          <Button type="submit" kind="primary" isPending={isPending} why={why}>
            {act}
          </Button>
          {onCancel !== undefined && <Button onPress={onCancel}>{say('cancel')}</Button>}
        </Actions>
      </form>
    </FieldErrors>
  );
}
