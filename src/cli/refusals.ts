import { ClientError, isClientErrorCode } from '../client/errors.ts';

interface Result {
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Such as `snapshot`, `snapshots` and `was not deleted`, `were not deleted`. */
export interface Fate {
  readonly noun: readonly [one: string, several: string];
  readonly verb: readonly [one: string, several: string];
}

/**
 * Throws the first refusal of a command in which each object has its own result. The results say
 * why each was refused; the error says how many were.
 */
export function throwFirst<R extends Result>(
  results: readonly R[],
  { noun, verb }: Fate,
  extra: (refused: R) => Readonly<Record<string, unknown>>,
): void {
  const refused = results.filter(({ error }) => error !== null);
  const [first] = refused;
  if (first?.error == null) return;
  const code = isClientErrorCode(first.error.code) ? first.error.code : 'BadAnswer';
  const which = results.length === 1 ? `The ${noun[0]}` : `${refused.length} of ${results.length} ${noun[1]}`;
  throw new ClientError(code, `${which} ${verb[refused.length === 1 ? 0 : 1]} (${first.error.code}).`, extra(first));
}
