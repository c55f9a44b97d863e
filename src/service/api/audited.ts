import type { Resolvers } from '../../generated/resolvers.ts';
import type { Mutation } from '../../generated/schema.ts';
import type { Act, Audit, PartlyRefused } from '../act.ts';
import { idsIn } from '../audit/subjects.ts';
import type { RequestContext } from '../calls/context.ts';

/**
 * Mutations that clients repeat as long as they write. Of these each key leaves one record an hour
 * for each object and each way of ending, and process. What they changed is told by the versions.
 */
export const HOURLY: ReadonlySet<Exclude<keyof Mutation, '__typename'>> = new Set([
  'prepareUpload',
  'commitBlocks',
  'commitDraft',
  'renewLease',
  'reportDamage',
]);

type Mutate = (parent: unknown, args: unknown, context: RequestContext, info: unknown) => unknown;

/** The same resolvers, with a record of each mutation: rule 8.6. */
export function audited(resolvers: Resolvers<RequestContext>, audit: Audit): Resolvers<RequestContext> {
  const entries = Object.entries(resolvers.Mutation ?? {}).map(([field, resolve]) => {
    const recorded: Mutate = (parent, args, context, info) =>
      audit.run(
        actOf(field, args, context),
        async () => (resolve as Mutate)(parent, args, context, info),
        partlyRefused,
      );
    return [field, recorded];
  });
  return { ...resolvers, Mutation: Object.fromEntries(entries) as NonNullable<typeof resolvers.Mutation> };
}

function actOf(field: string, args: unknown, { caller, origin }: RequestContext): Act {
  return {
    accountId: caller.accountId,
    actorKind: 'KEY',
    actor: caller.apiKeyId,
    ...(caller.sessionId !== undefined && { session: caller.sessionId }),
    action: field,
    subjects: idsIn(args),
    ...origin,
    hourly: (HOURLY as ReadonlySet<string>).has(field),
  };
}

/** In batches each object has its own result: `results: [{diskId, error: {code}}]`. */
function partlyRefused(payload: unknown): readonly PartlyRefused[] {
  const { results } = (payload ?? {}) as { readonly results?: unknown };
  if (!Array.isArray(results)) return [];
  const byCode = new Map<string, string[]>();
  for (const result of results as readonly { readonly error?: { readonly code: string } | null }[]) {
    const { error, ...rest } = result;
    if (error == null) continue;
    byCode.set(error.code, [...(byCode.get(error.code) ?? []), ...idsIn(Object.values(rest).filter(isText))]);
  }
  return [...byCode].map(([code, subjects]) => ({ code, subjects }));
}

const isText = (value: unknown) => typeof value === 'string';
