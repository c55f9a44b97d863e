import type { InvocationContext } from './invocation.ts';
import { type WorkEvent, type WorkResult, handler as work } from './worker.ts';

/**
 * The same work with other rights: it calls addresses that callers have named, and reaches no
 * bucket.
 */
export function handler(event: WorkEvent, context: InvocationContext): Promise<WorkResult> {
  return work(event, context);
}
