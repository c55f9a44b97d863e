import type { OperationError } from '../../generated/schema.ts';
import { VarveError } from '../../platform/errors.ts';

/**
 * A refusal as a value, for batches and dry runs. Anything that is no refusal goes on as an
 * exception.
 */
export async function refusalOf(check: () => unknown): Promise<VarveError | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (error instanceof VarveError && error.code !== 'Internal') return error;
    throw error;
  }
}

/** A refusal inside an answer. Plain data: an `Error` there would fail its field. */
export function asOperationError({ code, message }: VarveError): OperationError {
  return { code, message };
}

/** The same where there may be none. */
export function shownRefusal(refusal: VarveError | undefined): OperationError | null {
  return refusal === undefined ? null : asOperationError(refusal);
}

/** Absence as an answer, where it is none of the caller's mistakes. */
export async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof VarveError && error.code === 'NotFound') return null;
    throw error;
  }
}
