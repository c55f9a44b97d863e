import type { MovementKind } from '../../../generated/schema.ts';
import { entity, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/**
 * The price book: what a GiB-month costs in a region, in a currency, from an instant on. It is of
 * the whole installation.
 */
export const priceEntity = entity({
  name: 'price',
  attributes: {
    region: string(),
    /** ISO 4217, such as `EUR`. */
    currency: string(),
    /** The first hour for which it holds. */
    from: string(),
    /** In millionths of the currency's smallest unit: a whole number as text. */
    perGibMonth: string(),
    setAt: string(),
  },
  primary: { partition: ['region'], sort: ['currency', 'from'] },
});
export type PriceRow = RowOf<typeof priceEntity>;

/** Capacity that an account has paid for in advance. */
export const packageEntity = entity({
  name: 'package',
  attributes: {
    accountId: string(),
    region: string(),
    id: string(),
    gib: number(),
    from: string(),
    /** The first hour for which it does not hold any more. */
    until: string(),
    note: optional(string()),
    createdAt: string(),
  },
  primary: { partition: ['accountId', 'region'], sort: ['until', 'id'] },
});
export type PackageRow = RowOf<typeof packageEntity>;

/** That a month is closed, and by which statement; see close.ts. */
export const statementEntity = entity({
  name: 'statement',
  attributes: {
    accountId: string(),
    month: string(),
    currency: string(),
    /** SHA-256 of the object, hex: what is in the bucket under the month is this and no other. */
    sha256: string(),
    total: string(),
    closedAt: string(),
  },
  primary: { partition: ['accountId'], sort: ['month'] },
});
export type StatementRow = RowOf<typeof statementEntity>;

/** What an account has paid, less what it was charged. Absent for accounts that have none. */
export const balanceEntity = entity({
  name: 'balance',
  attributes: {
    accountId: string(),
    /** Never changes. */
    currency: string(),
    /** In millionths of the currency's smallest unit, as text; may be negative. */
    balance: string(),
    /** How far below zero it may be. Left out: arrears do not follow it. */
    threshold: optional(string()),
    /** How many movements there were: the number of the last one. */
    movements: number(),
  },
  primary: { partition: ['accountId'], sort: [] },
});
export type BalanceRow = RowOf<typeof balanceEntity>;

/** One change of a balance. Never changed, never removed. */
export const movementEntity = entity({
  name: 'movement',
  attributes: {
    accountId: string(),
    /** Its number, from 1, with 12 digits. */
    place: string(),
    at: string(),
    kind: string<MovementKind>(),
    /** What is added to the balance; negative for what is taken off. */
    amount: string(),
    /** The balance after it. */
    balance: string(),
    note: optional(string()),
    /** Of a STATEMENT: which month was closed. */
    month: optional(string()),
  },
  primary: { partition: ['accountId'], sort: ['place'] },
});
export type MovementRow = RowOf<typeof movementEntity>;
