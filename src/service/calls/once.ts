import { createHash } from 'node:crypto';
import type { TreeResult } from '../../engine/contract.ts';
import { type Catalogue, type Entity, put, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import { type AttemptDeps, untilAccepted } from './attempts.ts';
import { parseClientToken } from './text.ts';

/** That a creating call was done: written in the same transaction as what it made. */
export interface TokenRow {
  readonly accountId: string;
  readonly operation: string;
  readonly token: string;
  readonly inputHash: string;
  readonly made: Recorded;
  readonly createdAt: string;
}

export const tokenEntity: Entity<TokenRow> = {
  name: 'token',
  attributes: {
    accountId: 'string',
    operation: 'string',
    token: 'string',
    inputHash: 'string',
    made: 'map',
    createdAt: 'string',
  },
  primary: { partition: ['accountId', 'operation', 'token'], sort: [] },
};

export interface OnceCall {
  readonly accountId: string;
  readonly operation: string;
  readonly token: string | null | undefined;
  /** The input after parsing, without the token, with its defaults: plain JSON. A property that is null is as good as left out. */
  readonly input: object;
}

/** What the token row keeps of a call's result: ids and the like, enough to answer it again. */
export type Recorded = Readonly<Record<string, string>>;
/** The writes that record the call. They go into the transaction of the attempt. */
export type RecordCall = (recorded: Recorded) => readonly Write[];

export interface Attempt<Value> {
  readonly recorded: Recorded;
  readonly value: Value;
}

/** `value` is there only for the call that made it, not for its repetitions. */
export interface Outcome<Value> {
  readonly recorded: Recorded;
  readonly value?: Value;
}

/**
 * Rule 4.12. `attempt` decides and writes; the first attempt that is accepted counts, for all calls with the same token.
 * The token row is put with the condition that there is none, so of two first calls at the same time one is refused, comes
 * back here, and finds the other's row.
 */
export async function once<Value>(
  deps: AttemptDeps & { readonly catalogue: Catalogue },
  call: OnceCall,
  attempt: (record: RecordCall) => Promise<TreeResult<Attempt<Value>>>,
): Promise<Outcome<Value>> {
  if (call.token == null) return untilAccepted(deps, () => attempt(() => []));
  const token = parseClientToken('clientToken', call.token);
  const key = { accountId: call.accountId, operation: call.operation, token };
  const inputHash = hashOf(call.input);
  return untilAccepted<Outcome<Value>>(deps, async () => {
    const known = await deps.catalogue.get(tokenEntity, key);
    if (known !== undefined) return { ok: true, value: { recorded: recordedResult(known, inputHash) } };
    const createdAt = isoTime(deps.clock.now());
    return attempt((recorded) => [put(tokenEntity, { ...key, inputHash, made: recorded, createdAt })]);
  });
}

function recordedResult(row: TokenRow, inputHash: string): Recorded {
  if (row.inputHash !== inputHash) {
    throw new VarveError('IdempotentParameterMismatch', 'This clientToken was used before with another input.', {
      field: 'clientToken',
    });
  }
  return row.made;
}

/**
 * Of the JSON without nulls and with the properties of every object in order, so that equal inputs
 * have equal hashes.
 */
function hashOf(input: object): string {
  const text = JSON.stringify(input, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part) ? orderedProperties(part) : part,
  );
  return createHash('sha256').update(text).digest('hex');
}

function orderedProperties(part: object): object {
  const given = Object.entries(part).filter(([, value]) => value !== null);
  return Object.fromEntries(given.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
