import type { TreeResult } from '../../src/engine/contract.ts';
import { VarveError } from '../../src/platform/errors.ts';

export function pick<T>(from: ReadonlyMap<string, T>, at: number): [string, T] | undefined {
  const entries = [...from];
  return entries.length === 0 ? undefined : entries[at % entries.length];
}

export function made<T>(result: TreeResult<T>): T {
  if (!result.ok) throw new Error('refused, though nothing else was asked for');
  return result.value;
}

/** Fails unless the call is refused with this code. */
export async function refusedWith(code: string, call: Promise<unknown>): Promise<void> {
  const told = await call.then(
    () => 'nothing',
    (error: unknown) => (error instanceof VarveError ? error.code : String(error)),
  );
  if (told !== code) throw new Error(`should have been refused with ${code}, not ${told}`);
}
