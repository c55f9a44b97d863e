import type { InstanceListQuery } from '../../../generated/console-operations.ts';
import { useWords } from '../../i18n/words.ts';
import { Status, type Tone } from '../../ui/status.tsx';
import { words } from './words.ts';

type State = InstanceListQuery['instances']['nodes'][number]['status'];

const TONES = {
  PENDING: 'running',
  STARTING: 'running',
  RUNNING: 'ok',
  STOPPING: 'running',
  STOPPED: 'idle',
} as const satisfies Record<State, Tone>;

export function InstanceState({ status }: { readonly status: State }) {
  return <Status tone={TONES[status]}>{useWords(words)(status)}</Status>;
}

export function isMoving({ status }: { readonly status: State }): boolean {
  return TONES[status] === 'running';
}
