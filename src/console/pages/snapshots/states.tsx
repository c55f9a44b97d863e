import type { SnapshotListQuery } from '../../../generated/console-operations.ts';
import { useWords } from '../../i18n/words.ts';
import { Icon } from '../../ui/icon.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Status, type Tone } from '../../ui/status.tsx';
import { Time } from '../../ui/values.tsx';
import { words } from './words.ts';

export type Row = SnapshotListQuery['snapshots']['nodes'][number];

const TONES = { PROGRESSING: 'running', ACCOMPLISHED: 'ok', FAILED: 'danger' } as const satisfies Record<
  Row['status'],
  Tone
>;

export function isMoving({ status }: Pick<Row, 'status'>): boolean {
  return status === 'PROGRESSING';
}

/** While it is made: how far it is. */
export function SnapshotState({ snapshot }: { readonly snapshot: Pick<Row, 'status' | 'progressPercent' | 'name'> }) {
  const say = useWords(words);
  const { status, progressPercent, name } = snapshot;
  if (status === 'PROGRESSING')
    return <Progress label={`${say('progress')} ${name}`} percent={progressPercent} hideLabel />;
  return <Status tone={TONES[status]}>{say(status)}</Status>;
}

export function KeptUntil({ snapshot }: { readonly snapshot: Pick<Row, 'expiresAt' | 'pinnedAt'> }) {
  const say = useWords(words);
  if (snapshot.pinnedAt !== null) {
    return (
      <span>
        <Icon name="pin" size={12} /> {say('pinned')}
      </span>
    );
  }
  return snapshot.expiresAt === null ? say('always') : <Time at={snapshot.expiresAt} form="short" />;
}
