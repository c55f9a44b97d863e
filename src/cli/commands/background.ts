import { ClientError } from '../../client/errors.ts';
import type { Fact } from '../console.ts';
import { line, when } from '../text.ts';

/** Why work that the service does in the background waits, or what it has failed of. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly since: string;
}

export function problemFact(problem: Problem | null): Fact {
  if (problem === null) return ['Problem', undefined];
  return ['Problem', line`${problem.message} (${problem.code}, since ${when(problem.since)})`];
}

/** Behind how far it is. */
export const waitsText = (problem: Problem | null | undefined): string =>
  problem ? `; waits: ${problem.message}` : '';

/** Of work that has FAILED. */
export function failureOf(problem: Problem | null | undefined, extra: ClientError['extra']): ClientError {
  const { code = 'Internal', message = '' } = problem ?? {};
  return new ClientError(code as ClientError['code'], message, extra);
}
