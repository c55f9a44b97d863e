import { ClientError, isClientErrorCode } from '../client/errors.ts';

interface Result {
  readonly error: { readonly code: string; readonly message: string } | null;
}

/**
 * Throws the first refusal of a command in which each object has its own result. The results say
 * why each was refused; the error says how many were. `kept` says it of one and of several, such as
 * `snapshot was not deleted`.
 */
export function throwFirst<R extends Result>(
  results: readonly R[],
  kept: readonly [one: string, several: string],
  extra: (refused: R) => Readonly<Record<string, unknown>>,
): void {
  const refused = results.filter(({ error }) => error !== null);
  const [first] = refused;
  if (first?.error == null) return;
  const code = isClientErrorCode(first.error.code) ? first.error.code : 'BadAnswer';
  const what =
    results.length === 1
      ? `The ${kept[0]}`
      : `${refused.length} of ${results.length} ${kept[refused.length === 1 ? 0 : 1]}`;
  throw new ClientError(code, `${what} (${first.error.code}).`, extra(first));
}
