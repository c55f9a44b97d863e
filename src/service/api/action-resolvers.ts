import type { Resolvers } from '../../generated/resolvers.ts';
import type { AllowedAction, Mutation } from '../../generated/schema.ts';
import { isAllowed } from '../calls/caller.ts';
import type { RequestContext } from '../calls/context.ts';
import { readingBy } from '../calls/row-loader.ts';
import { type Refusals, refusalsOfDisk, refusalsOfSnapshot } from '../disks/actions.ts';
import type { Service } from '../service.ts';
import { MUTATION_ROLES } from './permissions.ts';

type Action = Exclude<keyof Mutation, '__typename'>;

/** What the role and the state of an object permit now. */
export function actionResolvers(service: Service): Resolvers<RequestContext> {
  const reading = ({ rows }: RequestContext) => ({ ...service, catalogue: readingBy(rows, service.catalogue) });
  return {
    Disk: {
      actions: async (disk, _, context) =>
        told(await refusalsOfDisk(reading(context), context.caller, disk), context.caller),
    },
    Snapshot: {
      actions: async (snapshot, _, context) =>
        told(await refusalsOfSnapshot(reading(context), context.caller, snapshot), context.caller),
    },
  };
}

function told(refusals: Refusals<Action>, { role }: RequestContext['caller']): AllowedAction[] {
  return refusals.map(([name, refusal]) => {
    const needed = MUTATION_ROLES[name];
    if (!isAllowed(role, needed)) {
      const message = `${name} needs the role ${needed}; this credential has ${role}.`;
      return { name, allowed: false, code: 'Forbidden', message };
    }
    return { name, allowed: refusal === undefined, code: refusal?.code ?? null, message: refusal?.message ?? null };
  });
}
