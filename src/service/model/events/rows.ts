import { entity, map, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import type { EventType, SubjectKind } from './types.ts';

export type EventValue = string | number | boolean | null;

/** What an event says, wherever it is kept. */
const SAID = {
  accountId: string(),
  /** Begins with the instant at which the transaction was decided. The same wherever it is told. */
  id: string(),
  region: optional(string()),
  type: string<EventType>(),
  subjectKind: string<SubjectKind>(),
  subjectId: string(),
  data: map<EventValue>(),
  at: string(),
};

/**
 * An event that is written and has no place in the account's order yet: the outbox. Written in the
 * transaction of what it tells, so with another key each time, and no two writers meet. A lane holds
 * events of all accounts; those about one thing are in one lane.
 */
export const eventOutboxEntity = entity({
  name: 'eventoutbox',
  attributes: { lane: number(), ...SAID },
  primary: { partition: ['lane'], sort: ['id'] },
});
export type EventOutboxRow = RowOf<typeof eventOutboxEntity>;

/** Lanes are worked on side by side, and no partition of the store takes all writes. */
export const EVENT_LANES = 8;

export function laneOf(accountId: string, subjectId: string): number {
  return [...`${accountId}/${subjectId}`].reduce((sum, char) => sum + (char.codePointAt(0) ?? 0), 0) % EVENT_LANES;
}
