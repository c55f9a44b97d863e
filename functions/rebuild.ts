import { composeOnce } from '../src/composition.ts';
import type { RebuildOptions, RebuildReport } from '../src/service/manifests/rebuild.ts';
import { deadline, type InvocationContext } from './invocation.ts';

const composed = composeOnce(process.env);

/**
 * Called by the operator under IAM, never by the API, and again while the answer says
 * `finished: false`.
 */
export async function handler(event: RebuildOptions | null, context: InvocationContext): Promise<RebuildReport> {
  const { rebuild, clock } = composed();
  return rebuild(event ?? {}, deadline(context, clock.now()));
}
