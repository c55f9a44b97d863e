import {
  type Answered,
  CreateImageDocument,
  type CreateImageInput,
  DeleteImageDocument,
  type DeleteImageMutation,
  ImageDocument,
  type ImageFieldsFragment,
  type ImageFilter,
  type ImageOrder,
  ImagesDocument,
  SharedImagesDocument,
  ShareImageDocument,
  type ShareImageInput,
  UnshareImageDocument,
  type UnshareImageInput,
  UpdateImageDocument,
  type UpdateImageInput,
} from '../../generated/operations.ts';
import type { Graphql, Sendable } from './graphql.ts';
import { type Collected, collect, type ListRequest, type OrderedRequest } from './pages.ts';

export type Image = ImageFieldsFragment;

interface ListSharedRequest extends Omit<ListRequest<never>, 'filter'> {
  readonly name?: string | undefined;
}

export type Images = ReturnType<typeof createImages>;

export function createImages(graphql: Graphql, signal: AbortSignal) {
  return {
    get: async (id: string): Promise<Image | null> => (await graphql.call(ImageDocument, { id }, signal)).image,
    list: ({ region, filter, orderBy, limit }: OrderedRequest<ImageFilter, ImageOrder>): Promise<Collected<Image>> =>
      collect(limit, async (first, after) => {
        return (await graphql.call(ImagesDocument, { region, first, after, filter, orderBy }, signal)).images;
      }),
    /** Those that other accounts share with this one, all or those of one name. */
    listShared: ({ region, name, limit }: ListSharedRequest): Promise<Collected<Image>> =>
      collect(limit, async (first, after) => {
        return (await graphql.call(SharedImagesDocument, { region, name, first, after }, signal)).sharedImages;
      }),
    create: async (input: Sendable<CreateImageInput>): Promise<Image> =>
      (await graphql.call(CreateImageDocument, { input }, signal)).createImage.image,
    update: async (input: Sendable<UpdateImageInput>): Promise<Image> =>
      (await graphql.call(UpdateImageDocument, { input }, signal)).updateImage.image,
    delete: async (imageId: string): Promise<Answered<DeleteImageMutation>['deleteImage']> =>
      (await graphql.callOnce(DeleteImageDocument, { input: { imageId } }, signal)).deleteImage,
    share: async (input: Sendable<ShareImageInput>): Promise<Image> =>
      (await graphql.call(ShareImageDocument, { input }, signal)).shareImage.image,
    unshare: async (input: Sendable<UnshareImageInput>): Promise<Image> =>
      (await graphql.call(UnshareImageDocument, { input }, signal)).unshareImage.image,
  };
}
