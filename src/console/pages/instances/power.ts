import {
  InstanceProtectDocument,
  InstanceStartDocument,
  InstanceStopDocument,
} from '../../../generated/console-operations.ts';
import { useChange } from '../../api/ask.ts';
import type { ApiError } from '../../api/request.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import type { Instance } from './instance.tsx';
import { words } from './words.ts';

/** What can be undone at once: it is done, told, and offered to be undone. */
export function usePower({ id, name, deletionProtection }: Instance) {
  const say = useWords(words);
  const tell = useTell();
  const start = useChange(InstanceStartDocument);
  const stop = useChange(InstanceStopDocument);
  const update = useChange(InstanceProtectDocument);
  const failed = (text: string) => (error: ApiError) => tell({ text, error });
  const turn = (on: boolean, isUndoing = false): void => {
    const change = on ? start : stop;
    const undo = isUndoing ? {} : { undo: () => turn(!on, true) };
    change.mutate(
      { input: { instanceId: id } },
      {
        onSuccess: () => tell({ text: say(on ? 'started' : 'stopped', { name }), ...undo }),
        onError: failed(say(on ? 'start' : 'stop')),
      },
    );
  };
  return {
    turn: (on: boolean) => turn(on),
    protect: () =>
      update.mutate(
        { input: { instanceId: id, deletionProtection: !deletionProtection } },
        { onSuccess: () => tell({ text: say('protectDone', { name }) }), onError: failed(say('protect')) },
      ),
    isPending: start.isPending || stop.isPending,
  };
}
