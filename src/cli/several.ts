import { ClientError, type ClientErrorCode, isClientErrorCode } from '../client/errors.ts';

/** Why one of several was refused, as the API says it of each. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** What one word of several names: an object, or nothing, or more than one. */
export type Named = { readonly word: string; readonly id: string } | { readonly word: string; readonly error: Refusal };

const UNNAMED: readonly ClientErrorCode[] = ['NotFound', 'AmbiguousName'];

/** What each word names. An object that two words name counts once. */
export async function findEach(
  words: readonly string[],
  find: (word: string) => Promise<string>,
): Promise<readonly Named[]> {
  const found: Named[] = [];
  const seen = new Set<string>();
  for (const word of words) {
    const named = await findOne(word, find);
    const key = 'id' in named ? named.id : word;
    if (!seen.has(key)) found.push(named);
    seen.add(key);
  }
  return found;
}

async function findOne(word: string, find: (word: string) => Promise<string>): Promise<Named> {
  try {
    return { word, id: await find(word) };
  } catch (error) {
    if (!(error instanceof ClientError && UNNAMED.includes(error.code))) throw error;
    return { word, error: { code: error.code, message: error.message } };
  }
}

export interface ForEach<Result> {
  /** One call for all; its results are in the order of the ids. */
  readonly act: (ids: readonly string[]) => Promise<readonly Result[]>;
  /** The result for a word that names nothing. */
  readonly refused: (word: string, error: Refusal) => Result;
}

/** A result for each, in order. What can be done is done, whatever becomes of the others. */
export async function resultsOf<Result>(named: readonly Named[], { act, refused }: ForEach<Result>): Promise<Result[]> {
  const ids = idsOf(named);
  const answered = ids.length === 0 ? [] : await act(ids);
  if (answered.length !== ids.length)
    throw new ClientError('BadAnswer', `The service gave ${answered.length} results for ${ids.length} objects.`);
  const next = answered.values();
  return named.map((one) => ('id' in one ? (next.next().value as Result) : refused(one.word, one.error)));
}

function idsOf(named: readonly Named[]): string[] {
  return named.flatMap((one) => ('id' in one ? [one.id] : []));
}

/** One line for one refusal; `kept` says what has not changed, and why. */
export function refusalLine({ code, message }: Refusal, kept: string): string {
  return (UNNAMED as readonly string[]).includes(code) ? `${message} (${code})` : `${kept}: ${message} (${code})`;
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
export function throwFirst<Result extends { readonly error: Refusal | null }>(
  results: readonly Result[],
  { noun, verb }: Fate,
  extra: (refused: Result) => Readonly<Record<string, unknown>>,
): void {
  const refused = results.filter(({ error }) => error !== null);
  const [first] = refused;
  if (first?.error == null) return;
  const code = isClientErrorCode(first.error.code) ? first.error.code : 'BadAnswer';
  const which = results.length === 1 ? `The ${noun[0]}` : `${refused.length} of ${results.length} ${noun[1]}`;
  throw new ClientError(code, `${which} ${verb[refused.length === 1 ? 0 : 1]} (${first.error.code}).`, extra(first));
}
