import { type ReactNode, useState } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { ApiError } from '../api/request.ts';
import { useWords } from '../i18n/words.ts';
import { Actions, Button } from './button.tsx';
import s from './dialog.module.css';
import { Form, type FormProps } from './form.tsx';
import { TextInput } from './inputs.tsx';
import { ErrorNote } from './notes.tsx';
import { words } from './words.ts';

export interface DialogProps {
  readonly title: string;
  /** Left out: as long as it is there. */
  readonly isOpen?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/** A window over the page. Escape closes it; focus returns to where it was. */
export function Dialog({ title, isOpen = true, onClose, children, wide = false }: DialogProps) {
  return (
    <ModalOverlay
      className={s.shade ?? ''}
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={(wide ? s.wide : s.modal) ?? ''}>
        <AriaDialog className={s.dialog ?? ''}>
          <Heading slot="title" className={s.title ?? ''}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export type FormDialogProps = DialogProps & Omit<FormProps, 'onCancel'>;

/** A form in a window of its own. */
export function FormDialog({ title, isOpen, onClose, wide, ...form }: FormDialogProps) {
  return (
    <Dialog {...{ title, onClose, ...(isOpen !== undefined && { isOpen }), ...(wide !== undefined && { wide }) }}>
      <Form {...form} onCancel={onClose} />
    </Dialog>
  );
}

export interface ConfirmProps extends Omit<DialogProps, 'children'> {
  /**
   * `recoverable`: what can be brought back needs no typing. `irrevocable`: the name is typed. What
   * can be undone at once needs no dialog at all: do it, and offer the undoing in the tray.
   */
  readonly friction: 'recoverable' | 'irrevocable';
  /** Names the act, and the number if there are several: `Delete 3 snapshots`. */
  readonly act: string;
  /** What is typed, for `irrevocable`. */
  readonly name?: string;
  /** What goes, what stays, what is refused, what is freed and when: see `Consequences`. */
  readonly children?: ReactNode;
  readonly error?: ApiError | null;
  readonly isPending?: boolean;
  /** Why it cannot be done, while the preview says so. */
  readonly why?: string | undefined;
  readonly onConfirm: () => void;
}

export function ConfirmDialog({
  friction,
  act,
  name = '',
  children,
  error,
  isPending = false,
  why,
  onConfirm,
  ...dialog
}: ConfirmProps) {
  const say = useWords(words);
  const [typed, setTyped] = useState('');
  const missing = friction === 'irrevocable' && typed !== name;
  return (
    <Dialog {...dialog}>
      <form
        className={s.body}
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing && why === undefined) onConfirm();
        }}
      >
        {children}
        {friction === 'irrevocable' && (
          <TextInput label={say('typeToConfirm', { name })} value={typed} onChange={setTyped} autoComplete="off" />
        )}
        {error !== undefined && error !== null && <ErrorNote error={error} />}
        <div className={s.foot}>
          <Actions>
            <Button autoFocus onPress={dialog.onClose}>
              {say('cancel')}
            </Button>
            <Button type="submit" kind="danger" isDisabled={missing} isPending={isPending} why={why}>
              {act}
            </Button>
          </Actions>
        </div>
      </form>
    </Dialog>
  );
}

/** What an act does, line by line, in the order in which people ask. */
export interface ConsequencesProps {
  readonly goes?: ReactNode;
  readonly stays?: ReactNode;
  readonly refused?: ReactNode;
  readonly freed?: ReactNode;
  readonly until?: ReactNode;
}

export function Consequences({ goes, stays, refused, freed, until }: ConsequencesProps) {
  const say = useWords(words);
  const rows = [
    [say('goes'), goes],
    [say('stays'), stays],
    [say('refused'), refused],
    [say('freed'), freed],
    [say('recoverable'), until],
  ] as const;
  return (
    <dl className={s.consequences}>
      {rows.map(
        ([label, value]) =>
          value !== undefined && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
