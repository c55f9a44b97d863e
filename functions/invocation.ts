/** The part of Lambda's context that is used. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

/** Left for the step that is under way when time is up, and for the answer. */
const MARGIN_MS = 10_000;

/** When to stop, epoch ms. */
export function deadline(context: InvocationContext, now: number): number {
  return now + context.getRemainingTimeInMillis() - MARGIN_MS;
}
