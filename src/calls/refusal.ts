import { VarveError } from '../platform/errors.ts';

/** A refusal as a value, for batches and dry runs. Anything that is no refusal goes on as an exception. */
export async function refusalOf(check: () => unknown): Promise<VarveError | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (error instanceof VarveError && error.code !== 'Internal') return error;
    throw error;
  }
}
