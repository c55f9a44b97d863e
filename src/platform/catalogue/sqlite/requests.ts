import type { PrimaryKey } from '../keys.ts';
import type { Migrated } from './migrate.ts';
import type { StoredQuery, StoredScan, Transaction, Written } from './store.ts';

/** What the thread of the database is asked for. */
export interface Requests {
  readonly read: { readonly input: readonly PrimaryKey[]; readonly answer: readonly (string | undefined)[] };
  readonly list: { readonly input: StoredQuery; readonly answer: readonly string[] };
  readonly write: { readonly input: Transaction; readonly answer: Written };
  readonly dropExpired: {
    readonly input: { readonly epochSeconds: number; readonly limit: number };
    readonly answer: number;
  };
  readonly scan: { readonly input: StoredScan; readonly answer: readonly string[] };
  readonly backup: { readonly input: string; readonly answer: undefined };
  readonly close: { readonly input: undefined; readonly answer: undefined };
}

export type RequestKind = keyof Requests;

export type Request<Kind extends RequestKind = RequestKind> = {
  [K in Kind]: { readonly id: number; readonly kind: K; readonly input: Requests[K]['input'] };
}[Kind];

export type Reply =
  | { readonly id: number; readonly answer: Requests[RequestKind]['answer'] }
  | { readonly id: number; readonly trouble: Trouble };

/**
 * `FULL`: nothing was done, as there is no space. `LOST`: nobody knows what is on the disk, and the
 * process must end. `DAMAGED`: nothing was done, as the file is not what SQLite wrote. `FAILED`:
 * nothing was done.
 */
export interface Trouble {
  readonly kind: 'FULL' | 'LOST' | 'DAMAGED' | 'FAILED';
  readonly message: string;
}

/** The first message of the thread: the database is open, or why it is not. */
export type Opened =
  | { readonly open: true; readonly migrated?: Migrated }
  | { readonly open: false; readonly name: string; readonly message: string; readonly isDamaged: boolean };
