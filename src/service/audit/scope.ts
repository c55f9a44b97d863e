import type { Act } from '../act.ts';
import type { Outcome } from './records.ts';

/** An act under way. */
export interface Scope {
  readonly act: Act;
  /** The id of the act: its records begin with it. */
  readonly call: string;
  /** What goes on in the background, begun by the act, is not part of it. */
  isOver: boolean;
  /** From now on nothing has to be recorded before a change. */
  isRecorded: boolean;
  /** The first record, while it is being written. */
  recording?: Promise<void>;
  /** How many records it has. */
  records: number;
  hasChanged: boolean;
  /** Ids that its records name. */
  readonly named: Set<string>;
  /** Ids of what was made or removed. */
  readonly changed: Set<string>;
}

export function newScope(act: Act, call: string): Scope {
  const begun = { isOver: false, isRecorded: false, hasChanged: false, records: 0 };
  return { act, call, ...begun, named: new Set(), changed: new Set() };
}

/** What the first record says: what the call names, and what the change makes or removes. */
export function allowed({ act }: Scope, changed: readonly string[]): Outcome {
  return { outcome: 'ALLOWED', subjects: [...new Set([...act.subjects, ...changed])] };
}
