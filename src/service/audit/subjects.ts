import type { Write } from '../../platform/catalogue/port.ts';
import { idPrefix } from '../calls/owned.ts';
import { apiKeyEntity } from '../model/accounts/rows.ts';

/**
 * The most ids of one outcome that are recorded: more than any call may name, and than a disk has
 * automatic snapshots.
 */
export const MOST_SUBJECTS = 320;
/** Values of arguments that are looked at: lists of blocks are far longer, and hold no ids. */
const MOST_VALUES = 400;

/** An id of a key alone is no secret. The whole key has another form, as has everything else. */
const isId = (text: string) => idPrefix(text) !== undefined || /^[0-9a-f]{16}$/.test(text);

/** The ids among the arguments of a call, each once. Nothing else of them is recorded. */
export function idsIn(args: unknown): string[] {
  const found = new Set<string>();
  let left = MOST_VALUES;
  const look = (value: unknown): void => {
    if (--left < 0 || found.size >= MOST_SUBJECTS) return;
    if (typeof value === 'string') {
      if (isId(value)) found.add(value);
    } else if (typeof value === 'object' && value !== null) {
      for (const part of Object.values(value)) {
        if (left <= 0) return;
        look(part);
      }
    }
  };
  look(args);
  return [...found];
}

/** Rows of the engine, of background work and events: nobody asked for them by these ids. */
const INNER: ReadonlySet<string | undefined> = new Set(['j', 'e', 'b', 'nb', 'k', 'ev']);

/** The ids of what a transaction makes or removes. */
export function changedBy(writes: readonly Write[]): string[] {
  const changed = new Set<string>();
  for (const write of writes) {
    const { id } = rowOrKey(write);
    if (typeof id !== 'string') continue;
    const prefix = idPrefix(id);
    if (prefix === undefined ? write.entity === apiKeyEntity : !INNER.has(prefix)) changed.add(id);
  }
  return [...changed];
}

function rowOrKey(write: Write): { readonly id?: unknown } {
  if (write.kind === 'put' && write.when === 'absent') return write.row;
  return write.kind === 'delete' ? write.key : {};
}
