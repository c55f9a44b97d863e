import { entity, map, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import type { EventSink } from '../../../platform/outgoing/sink.ts';
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
 * transaction of what it tells, with another key each time, so no two writers meet. A lane holds
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

/**
 * Of one account. A transaction places what waits in one lane, so few lanes make few transactions;
 * two take some 500 events a second in DynamoDB.
 */
const LANES_OF_AN_ACCOUNT = 2;

const sumOf = (text: string): number => [...text].reduce((sum, char) => sum + (char.codePointAt(0) ?? 0), 0);

export function laneOf(accountId: string, subjectId: string): number {
  return (sumOf(accountId) * LANES_OF_AN_ACCOUNT + (sumOf(subjectId) % LANES_OF_AN_ACCOUNT)) % EVENT_LANES;
}

/**
 * An event at its place in the order of its account. Places have no gaps, and a place is given in
 * one transaction with all before it or after them: whoever has seen one has all before it.
 */
export const eventEntity = entity({
  name: 'event',
  attributes: {
    ...SAID,
    /** Sixteen digits, from 1 on. */
    place: string(),
    placedAt: string(),
    /** Epoch second after which the row may go. */
    forgetAt: number(),
  },
  primary: { partition: ['accountId'], sort: ['place'] },
  expiry: 'forgetAt',
});
export type EventRow = RowOf<typeof eventEntity>;

/** The places of the events about one thing. */
export const eventOfSubjectEntity = entity({
  name: 'eventofsubject',
  attributes: {
    accountId: string(),
    subjectId: string(),
    place: string(),
    placedAt: string(),
    forgetAt: number(),
  },
  primary: { partition: ['accountId', 'subjectId'], sort: ['place'] },
  expiry: 'forgetAt',
});

/** How many events of an account have a place. Whoever gives places changes it: no caller does. */
export const eventCountEntity = entity({
  name: 'eventcount',
  attributes: { accountId: string(), placed: number() },
  primary: { partition: ['accountId'], sort: [] },
});

/** An event that is still to be sent where the operator has it sent. */
export const sinkDueEntity = entity({
  name: 'sinkdue',
  attributes: { sink: string<EventSink['name']>(), lane: number(), ...SAID, placedAt: string() },
  primary: { partition: ['sink', 'lane'], sort: ['id'] },
});
export type SinkDueRow = RowOf<typeof sinkDueEntity>;

const PLACE_DIGITS = 16;

export const placeText = (place: number): string => String(place).padStart(PLACE_DIGITS, '0');

/** Rule 8.5. */
export const EVENT_KEPT_DAYS = 90;
const DAY_S = 86_400;

export const forgetEventAt = (nowMs: number): number => Math.floor(nowMs / 1000) + EVENT_KEPT_DAYS * DAY_S;
