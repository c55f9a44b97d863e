import type { Resolvers } from '../../generated/resolvers.ts';
import { isoTime } from '../../platform/clock.ts';
import type { RequestContext } from '../calls/context.ts';
import { chooseRegion, visibleRegions } from '../calls/regions.ts';
import { deletesAt, statusOfAccount, stopsAt } from '../model/accounts/arrears.ts';
import { trashHoursOf } from '../model/accounts/trash-hours.ts';
import { clockEntity } from '../model/clocks/rows.ts';
import type { Service } from '../service.ts';
import { getAccount } from './accounts.ts';
import { createApiKey, getOwnApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import { getSnapshotService, openSnapshotService } from './snapshot-service.ts';

export function accountResolvers(service: Service): Resolvers<RequestContext> {
  const { catalogue, regions } = service;
  return {
    Query: {
      viewer: async (_, _args, { caller }) => ({
        account: await getAccount(catalogue, caller),
        role: caller.role,
        apiKey: await getOwnApiKey(catalogue, caller),
        readOnly: service.whyReadOnly?.() ?? null,
        deletionsHeldSince: null, // read where it is asked for
      }),
      regions: (_, _args, { caller }) =>
        Promise.all(
          visibleRegions(regions, caller).map(async (name) => ({
            name,
            isDefault: name === regions[0],
            snapshotService: await getSnapshotService(catalogue, caller, name),
          })),
        ),
      snapshotService: (_, { region }, { caller }) =>
        getSnapshotService(catalogue, caller, chooseRegion(regions, caller, region)),
      apiKeys: (_, args, { caller }) => listApiKeys(catalogue, caller, args),
    },
    ApiKey: {
      createdBy: ({ createdBy }) => createdBy ?? null,
    },
    Viewer: {
      deletionsHeldSince: async () => {
        const { heldSince } = (await catalogue.get(clockEntity, { id: 'clock' })) ?? {};
        return heldSince === undefined ? null : isoTime(heldSince);
      },
    },
    Account: {
      status: statusOfAccount,
      trashHours: trashHoursOf,
      arrearsSince: ({ arrearsSince }) => arrearsSince ?? null,
      serviceStopsAt: stopsAt,
      snapshotsDeletedAt: deletesAt,
    },
    Mutation: {
      openSnapshotService: async (_, { input }, { caller }) => {
        const region = chooseRegion(regions, caller, input.region);
        return { snapshotService: await openSnapshotService(service, caller, region, input.acceptedTerms) };
      },
      createApiKey: (_, { input }, { caller }) => createApiKey(service, caller, input),
      revokeApiKey: async (_, { input }, { caller }) => ({
        apiKey: await revokeApiKey(service, caller, input.apiKeyId),
      }),
    },
  };
}
