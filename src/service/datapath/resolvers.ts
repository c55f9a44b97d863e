import { nodeEntity } from '../../engine/books/rows.ts';
import type { Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import type { Service } from '../service.ts';
import { commitBlocks } from './commit.ts';
import { commitDraft } from './commit-draft.ts';
import { discardDraft } from './discard.ts';
import { listDrafts, openDraft } from './drafts.ts';
import { blockMap, pageMap } from './maps.ts';
import { prepareUpload } from './prepare.ts';
import { reportDamage } from './report-damage.ts';

export function datapathResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      blockMap: (_, { input }, { caller }) => blockMap(service, caller, input),
      pageMap: (_, { input }, { caller }) => pageMap(service, caller, input),
      drafts: (_, { diskId, ...args }, { caller }) => listDrafts(service, caller, diskId, args),
    },
    Mutation: {
      prepareUpload: async (_, { input }, { caller }) => ({ objects: await prepareUpload(service, caller, input) }),
      commitBlocks: (_, { input }, { caller }) => commitBlocks(service, caller, input),
      openDraft: async (_, { input }, { caller }) => ({ draft: await openDraft(service, caller, input) }),
      commitDraft: async (_, { input }, { caller }) => ({ disk: await commitDraft(service, caller, input) }),
      reportDamage: async (_, { input }, { caller }) => ({ blocks: await reportDamage(service, caller, input) }),
      discardDraft: async (_, { input }, { caller }) => ({
        draftId: await discardDraft(service, caller, input.draftId),
      }),
    },
    Draft: {
      version: async ({ accountId, id }, _, { rows }) => (await rows.load(nodeEntity, { accountId, id }))?.version ?? 0,
      root: async ({ accountId, id }, _, { rows }) => (await rows.load(nodeEntity, { accountId, id }))?.root ?? 'empty',
    },
  };
}
