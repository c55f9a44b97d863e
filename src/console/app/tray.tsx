import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import type { ApiError } from '../api/request.ts';
import { useWords } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { Status } from '../ui/status.tsx';
import { words } from '../ui/words.ts';
import s from './tray.module.css';

/** One line of the tray: what was done, or what failed and why. */
export interface Told {
  readonly text: string;
  readonly tone?: 'ok' | 'running' | 'danger';
  readonly error?: ApiError;
  /** Takes back what was done at once. */
  readonly undo?: () => void;
}

const SHOWN_MS = 8_000;
const TrayContext = createContext<(told: Told) => void>(() => undefined);

/** Tells in the corner what was done. A failure stays until it is dismissed. */
export function useTell(): (told: Told) => void {
  return useContext(TrayContext);
}

export function Tray({ children }: { readonly children: ReactNode }) {
  const say = useWords(words);
  const [all, setAll] = useState<readonly (Told & { readonly key: number })[]>([]);
  const drop = useCallback((key: number) => setAll((told) => told.filter((each) => each.key !== key)), []);
  const tell = useMemo(() => {
    let last = 0;
    return (told: Told) => {
      last += 1;
      const key = last;
      setAll((before) => [...before, { ...told, key }]);
      if (told.error === undefined && told.tone !== 'danger') setTimeout(() => drop(key), SHOWN_MS);
    };
  }, [drop]);
  return (
    <TrayContext value={tell}>
      {children}
      <div className={s.tray} role="log" aria-live="polite">
        {all.map(({ key, text, tone = 'ok', error, undo }) => (
          <div key={key} className={s.told}>
            <Status tone={error === undefined ? tone : 'danger'}>{text}</Status>
            {error !== undefined && <ErrorNote error={error} />}
            {undo !== undefined && (
              <Button
                onPress={() => {
                  undo();
                  drop(key);
                }}
              >
                {say('undo')}
              </Button>
            )}
            <Button kind="quiet" icon="close" label={say('dismiss')} onPress={() => drop(key)} />
          </div>
        ))}
      </div>
    </TrayContext>
  );
}
