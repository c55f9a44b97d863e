import type { PolicyResolvers, Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import { countDisks } from '../model/policies/cover.ts';
import { findPolicy } from '../model/policies/find.ts';
import type { Service } from '../service.ts';
import { applyPolicy, cancelPolicy } from './apply.ts';
import { updatePolicy } from './change.ts';
import { copiesOf } from './copies-of-run.ts';
import { createPolicy } from './create.ts';
import { deletePolicy } from './delete.ts';
import { listRunsOfDisk, listRunsOfPolicy, listSlots } from './history.ts';
import { listCoverable, listCovered, listPolicies } from './list.ts';
import { nextRunsOf } from './next-runs.ts';

export function policyResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      policy: (_, { id }, { caller }) => findPolicy(service.catalogue, caller, id),
      policies: (_, args, { caller }) => listPolicies(service, caller, args),
    },
    Mutation: {
      createPolicy: async (_, { input }, { caller }) => ({ policy: await createPolicy(service, caller, input) }),
      updatePolicy: async (_, { input }, { caller }) => ({ policy: await updatePolicy(service, caller, input) }),
      deletePolicy: async (_, { input }, { caller }) => ({
        policyId: await deletePolicy(service, caller, input.policyId),
      }),
      applyPolicy: (_, { input }, { caller }) => applyPolicy(service, caller, input),
      cancelPolicy: async (_, { input }, { caller }) => ({
        results: await cancelPolicy(service, caller, input.diskIds),
      }),
    },
    Policy: policyFields(service),
    Disk: { policyRuns: (disk, args) => listRunsOfDisk(service.catalogue, disk, args) },
    PolicyRun: {
      replacedSnapshotId: ({ gaveWayId }) => gaveWayId ?? null,
      triedAgain: ({ retrySlot }) => retrySlot !== undefined,
      copies: (run, _, { rows }) => copiesOf(rows, run),
    },
    PolicySlot: {
      doneCount: ({ done }) => done,
      skippedCount: ({ skipped }) => skipped,
      failedCount: ({ failed }) => failed,
    },
  };
}

function policyFields({ catalogue, clock }: Service): PolicyResolvers<RequestContext> {
  return {
    copyTargets: ({ copyTargets = [] }) =>
      copyTargets.map(({ region, retentionDays }) => ({ region, retentionDays: retentionDays ?? null })),
    nextRuns: (policy, { first }) => nextRunsOf(policy, clock.now(), first),
    diskCount: ({ accountId, id }) => countDisks(catalogue, { accountId, policyId: id }),
    disks: (policy, args) => listCovered(catalogue, policy, args),
    runs: (policy, args) => listRunsOfPolicy(catalogue, policy, args),
    slots: (policy, args) => listSlots(catalogue, policy, args),
    coverableDisks: (policy, args) => listCoverable(catalogue, policy, args),
  };
}
