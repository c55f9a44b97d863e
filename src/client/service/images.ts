import type { ListRequest, Tag } from './disks.ts';
import type { Graphql, Operation } from './graphql.ts';
import { type Collected, type Connection, collect } from './pages.ts';
import type { UnreadableSum } from './unreadable.ts';

export interface Image {
  readonly id: string;
  readonly region: string;
  readonly name: string;
  readonly description: string | null;
  readonly ownerAccountId: string;
  readonly owned: boolean;
  readonly snapshotId: string | null;
  readonly diskKind: 'SYSTEM' | 'DATA';
  readonly sizeBytes: number;
  readonly encrypted: boolean;
  readonly encryption: { readonly keyId: string } | null;
  readonly root: string;
  readonly sharedWith: readonly string[];
  readonly tags: readonly Tag[];
  readonly createdAt: string;
  /** What could not be read of the source of its contents. */
  readonly unreadable: UnreadableSum | null;
}

export interface CreateImage {
  readonly snapshotId: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly tags: readonly Tag[];
  readonly clientToken: string;
}

export interface UpdateImage {
  readonly imageId: string;
  readonly name?: string | undefined;
  /** `null` takes it away. */
  readonly description?: string | null | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

export interface ImageFilter {
  readonly namePrefix?: string | undefined;
}

interface Sharing {
  readonly imageId: string;
  readonly accountIds: readonly string[];
}
interface PageOf {
  readonly region?: string | undefined;
  readonly first: number;
  readonly after: string | null;
}

const IMAGE = `fragment ImageFields on Image {
  id region name description ownerAccountId owned snapshotId diskKind sizeBytes encrypted encryption { keyId } root sharedWith
  tags { key value } createdAt unreadable { count bytes }
}`;

const GET: Operation<{ id: string }, { image: Image | null }> = {
  text: `query Image($id: ID!) { image(id: $id) { ...ImageFields } }\n${IMAGE}`,
  repeatable: true,
};
const LIST: Operation<PageOf & { filter?: ImageFilter | undefined }, { images: Connection<Image> }> = {
  text: `query Images($region: String, $first: Int!, $after: String, $filter: ImageFilter) {
  images(region: $region, first: $first, after: $after, filter: $filter) {
    nodes { ...ImageFields } pageInfo { hasNextPage endCursor }
  }
}\n${IMAGE}`,
  repeatable: true,
};
const LIST_SHARED: Operation<PageOf, { sharedImages: Connection<Image> }> = {
  text: `query SharedImages($region: String, $first: Int!, $after: String) {
  sharedImages(region: $region, first: $first, after: $after) {
    nodes { ...ImageFields } pageInfo { hasNextPage endCursor }
  }
}\n${IMAGE}`,
  repeatable: true,
};
const CREATE: Operation<{ input: CreateImage }, { createImage: { image: Image } }> = {
  text: `mutation CreateImage($input: CreateImageInput!) { createImage(input: $input) { image { ...ImageFields } } }\n${IMAGE}`,
  repeatable: true,
};
const UPDATE: Operation<{ input: UpdateImage }, { updateImage: { image: Image } }> = {
  text: `mutation UpdateImage($input: UpdateImageInput!) { updateImage(input: $input) { image { ...ImageFields } } }\n${IMAGE}`,
  repeatable: true,
};
const DELETE: Operation<{ input: { imageId: string } }, { deleteImage: { imageId: string } }> = {
  text: 'mutation DeleteImage($input: DeleteImageInput!) { deleteImage(input: $input) { imageId } }',
  repeatable: false,
};
const SHARE: Operation<{ input: Sharing }, { shareImage: { image: Image } }> = {
  text: `mutation ShareImage($input: ShareImageInput!) { shareImage(input: $input) { image { ...ImageFields } } }\n${IMAGE}`,
  repeatable: true,
};
const UNSHARE: Operation<{ input: Sharing }, { unshareImage: { image: Image } }> = {
  text: `mutation UnshareImage($input: UnshareImageInput!) { unshareImage(input: $input) { image { ...ImageFields } } }\n${IMAGE}`,
  repeatable: true,
};

export const IMAGE_OPERATIONS = [GET, LIST, LIST_SHARED, CREATE, UPDATE, DELETE, SHARE, UNSHARE] as const;

export type Images = ReturnType<typeof createImages>;

export function createImages(graphql: Graphql, signal: AbortSignal) {
  return {
    get: async (id: string): Promise<Image | null> => (await graphql.call(GET, { id }, signal)).image,
    list: ({ region, filter, limit }: ListRequest<ImageFilter>): Promise<Collected<Image>> =>
      collect(
        limit,
        async (first, after) => (await graphql.call(LIST, { region, first, after, filter }, signal)).images,
      ),
    /** Those that other accounts share with this one. */
    listShared: ({ region, limit }: Omit<ListRequest<never>, 'filter'>): Promise<Collected<Image>> =>
      collect(
        limit,
        async (first, after) => (await graphql.call(LIST_SHARED, { region, first, after }, signal)).sharedImages,
      ),
    create: async (input: CreateImage): Promise<Image> =>
      (await graphql.call(CREATE, { input }, signal)).createImage.image,
    update: async (input: UpdateImage): Promise<Image> =>
      (await graphql.call(UPDATE, { input }, signal)).updateImage.image,
    delete: async (imageId: string) => (await graphql.call(DELETE, { input: { imageId } }, signal)).deleteImage,
    share: async (input: Sharing): Promise<Image> => (await graphql.call(SHARE, { input }, signal)).shareImage.image,
    unshare: async (input: Sharing): Promise<Image> =>
      (await graphql.call(UNSHARE, { input }, signal)).unshareImage.image,
  };
}
