import { NoSpaceError, VarveError } from '../../platform/errors.ts';

/** Why work in the background waits, or has failed. */
export interface Problem {
  readonly code: string;
  readonly message: string;
}

/** The attributes of a row that say so, and since when. */
export const PROBLEM = ['problemCode', 'problemMessage', 'problemSince'] as const;

type ProblemAttributes = { readonly [Attribute in (typeof PROBLEM)[number]]: string };

export function problemOf(error: unknown): Problem {
  if (error instanceof NoSpaceError) return { code: 'StorageFull', message: error.message };
  if (error instanceof VarveError) return error;
  return { code: 'Internal', message: 'A fault of the service; its log says more.' };
}

/** As a row has it. */
export function asAttributes({ code, message }: Problem, since: string): ProblemAttributes {
  return { problemCode: code, problemMessage: message, problemSince: since };
}

/** As callers see it; null if there is none. */
export function shownProblem({ problemCode, problemMessage = '', problemSince = '' }: Partial<ProblemAttributes>) {
  return problemCode === undefined ? null : { code: problemCode, message: problemMessage, since: problemSince };
}

/** How long the next try waits: twice as long after each one that came to nothing. */
export function waitAfter(
  attempts: number,
  { firstMs, longestMs }: { readonly firstMs: number; readonly longestMs: number },
): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(attempts, 8));
}
