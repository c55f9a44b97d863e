import { nodeEntity } from '../../engine/books/rows.ts';
import type { ImageResolvers, Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import { domainEntity } from '../model/disks/rows.ts';
import { readUnreadable } from '../model/disks/unreadable.ts';
import { findImage } from '../model/images/find.ts';
import type { Service } from '../service.ts';
import { deleteImage, updateImage } from './change.ts';
import { createImage } from './create.ts';
import { listImages, listSharedImages } from './list.ts';
import { previewImageDeletion } from './preview.ts';
import { shareImage, unshareImage } from './share.ts';

export function imageResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      image: (_, { id }, { caller }) => findImage(service.catalogue, caller, id),
      deleteImagePreview: (_, { imageId }, { caller }) => previewImageDeletion(service, caller, imageId),
      images: (_, args, { caller }) => listImages(service, caller, args),
      sharedImages: (_, args, { caller }) => listSharedImages(service, caller, args),
    },
    Mutation: {
      createImage: async (_, { input }, { caller }) => ({ image: await createImage(service, caller, input) }),
      updateImage: async (_, { input }, { caller }) => ({ image: await updateImage(service, caller, input) }),
      deleteImage: (_, { input }, { caller }) => deleteImage(service, caller, input.imageId),
      shareImage: async (_, { input }, { caller }) => ({ image: await shareImage(service, caller, input) }),
      unshareImage: async (_, { input }, { caller }) => ({ image: await unshareImage(service, caller, input) }),
    },
    Image: imageFields,
  };
}

/**
 * What another account sees of an image is its contents and its name, not how the owner keeps it.
 */
const imageFields: ImageResolvers<RequestContext> = {
  ownerAccountId: ({ accountId }) => accountId,
  owned: ({ accountId }, _, { caller }) => accountId === caller.accountId,
  snapshotId: ({ accountId, snapshotId }, _, { caller }) => (accountId === caller.accountId ? snapshotId : null),
  sharedWith: ({ accountId, sharedWith }, _, { caller }) => (accountId === caller.accountId ? sharedWith : []),
  tags: ({ accountId, tags }, _, { caller }) => (accountId === caller.accountId ? tags : []),
  root: async ({ accountId, id }, _, { rows }) => (await rows.load(nodeEntity, { accountId, id }))?.root ?? 'empty',
  unreadable: ({ unreadable }) => readUnreadable(unreadable),
  encrypted: ({ keyId }) => keyId !== undefined,
  encryption: async ({ domainId, keyId }, _, { rows }) =>
    keyId === undefined
      ? null
      : { keyId, wrappedKey: (await rows.load(domainEntity, { id: domainId }))?.wrappedKey ?? null },
};
