import type { DiskListQuery, DiskPageQuery } from '../../../generated/console-operations.ts';
import { useWords } from '../../i18n/words.ts';
import { Status, type Tone } from '../../ui/status.tsx';
import { words } from './words.ts';

type Disk = NonNullable<DiskPageQuery['disk']>;

const TONES = {
  CREATING: 'running',
  AVAILABLE: 'idle',
  ATTACHING: 'running',
  IN_USE: 'ok',
  DETACHING: 'running',
  REINITIALIZING: 'running',
  EXPIRED: 'warning',
} as const satisfies Record<Disk['status'], Tone>;

export function DiskState({ status }: { readonly status: Disk['status'] }) {
  return <Status tone={TONES[status]}>{useWords(words)(status)}</Status>;
}

const PROTECTIONS = {
  PROTECTED: 'ok',
  IN_BREACH: 'danger',
  UNPROTECTED: 'warning',
  EXEMPT: 'idle',
} as const;

export function Protection({
  protection,
}: {
  readonly protection: Pick<NonNullable<DiskListQuery['disks']['nodes'][number]['protection']>, 'status'> | null;
}) {
  const say = useWords(words);
  if (protection === null) return <Status tone="idle">{say('local')}</Status>;
  return <Status tone={PROTECTIONS[protection.status]}>{say(protection.status)}</Status>;
}

export function isMoving({ status }: { readonly status: Disk['status'] }): boolean {
  return TONES[status] === 'running';
}
