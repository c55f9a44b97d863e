import type { ObjectId, Root } from '../../engine/blocks/block.ts';
import type { BlockRange, BlockWrite } from '../../engine/contract.ts';
import {
  type Answered,
  BlockMapDocument,
  type BlockMapInput,
  type BlockMapQuery,
  CommitBlocksDocument,
  type CommitBlocksInput,
  CommitDraftDocument,
  type CommitDraftInput,
  DiscardDraftDocument,
  type DraftFieldsFragment,
  DraftsDocument,
  type DraftsQuery,
  OpenDraftDocument,
  type OpenDraftInput,
  PageMapDocument,
  type PageMapQuery,
  PrepareUploadDocument,
  type PrepareUploadMutation,
  ReportDamageDocument,
} from '../../generated/operations.ts';
import type { Graphql, Sendable } from './graphql.ts';

/*
 * The schema has one type for all ids. The names of objects get their own here: they are compared
 * with those that the client computes, and every block is checked against its id.
 */
type Rooted<T extends { readonly root: string }> = Omit<T, 'root'> & { readonly root: Root };
type Named<T extends { readonly id: string }> = Omit<T, 'id'> & { readonly id: ObjectId };

/** A block that a client wants in the store. */
export interface WantedObject {
  readonly id: ObjectId;
  readonly stored?: { readonly sizeBytes: number; readonly sha256: string };
  /**
   * The store has other bytes under this id than the service knew of when it was asked: it shall
   * look at them.
   */
  readonly found?: boolean;
}

export type PreparedObject = Answered<PrepareUploadMutation>['prepareUpload']['objects'][number];
export type Draft = Rooted<DraftFieldsFragment>;

export interface Versioned {
  readonly version: number;
  readonly root: Root;
}

type BlockMapAnswer = BlockMapQuery['blockMap'];
export type MappedBlock = Named<BlockMapAnswer['blocks'][number]>;
export type BlockMap = Rooted<Omit<BlockMapAnswer, 'blocks'>> & { readonly blocks: readonly MappedBlock[] };

type PageMapAnswer = PageMapQuery['pageMap'];
type MappedPage = Named<PageMapAnswer['pages'][number]>;
export type PageMap = Rooted<Omit<PageMapAnswer, 'pages'>> & { readonly pages: readonly MappedPage[] };

export interface CommitBlocks extends Pick<CommitBlocksInput, 'target' | 'expectedVersion'> {
  readonly writes: readonly BlockWrite[];
  readonly trims: readonly BlockRange[];
  /** Of the writer lease that the caller holds. */
  readonly fence?: number | undefined;
}

export type OpenDraft = Sendable<OpenDraftInput>;
export type CommitDraft = Sendable<CommitDraftInput>;
export type MapRequest = Sendable<Omit<BlockMapInput, 'urls'>>;

/** The data path of the API, as the pipelines use it. */
export interface Datapath {
  prepareUpload(target: string, objects: readonly WantedObject[]): Promise<readonly PreparedObject[]>;
  /**
   * Not repeated: a repetition would meet the version that it made itself, see
   * upload/commit-once.ts.
   */
  commitBlocks(input: CommitBlocks): Promise<Versioned>;
  openDraft(input: OpenDraft): Promise<Draft>;
  /** Not repeated either. */
  commitDraft(input: CommitDraft): Promise<Versioned>;
  discardDraft(draftId: string): Promise<void>;
  drafts(diskId: string): Promise<Draft[]>;
  blockMap(request: MapRequest, urls: boolean): Promise<BlockMap>;
  pageMap(request: Omit<MapRequest, 'fresh'>): Promise<PageMap>;
  /**
   * Reports that these blocks of `source`, at most 64, are damaged. Resolves with the ids of those
   * that the service finds damaged, too.
   */
  reportDamage(source: string, blocks: readonly BlockWrite[]): Promise<ObjectId[]>;
}

export function createDatapath(graphql: Graphql, signal: AbortSignal): Datapath {
  return {
    prepareUpload: async (target, objects) =>
      (await graphql.call(PrepareUploadDocument, { input: { target, objects } }, signal)).prepareUpload.objects,
    commitBlocks: async (input) =>
      (await graphql.callOnce(CommitBlocksDocument, { input }, signal)).commitBlocks as Versioned,
    openDraft: async (input) => (await graphql.call(OpenDraftDocument, { input }, signal)).openDraft.draft as Draft,
    commitDraft: async (input) =>
      (await graphql.callOnce(CommitDraftDocument, { input }, signal)).commitDraft.disk as Versioned,
    discardDraft: async (draftId) => {
      await graphql.call(DiscardDraftDocument, { input: { draftId } }, signal);
    },
    drafts: async (diskId) => {
      const all: Draft[] = [];
      for (let after: string | null = null; ; ) {
        const { drafts }: DraftsQuery = await graphql.call(DraftsDocument, { diskId, after }, signal);
        all.push(...(drafts.nodes as readonly Draft[]));
        if (!drafts.pageInfo.hasNextPage) return all;
        after = drafts.pageInfo.endCursor;
      }
    },
    blockMap: async (request, urls) => {
      const variables = { input: { ...request, urls }, urls };
      return (await graphql.call(BlockMapDocument, variables, signal)).blockMap as BlockMap;
    },
    pageMap: async (input) => (await graphql.call(PageMapDocument, { input }, signal)).pageMap as PageMap,
    reportDamage: async (source, blocks) => {
      const { reportDamage } = await graphql.call(ReportDamageDocument, { input: { source, blocks } }, signal);
      const damaged = reportDamage.blocks.filter(({ state }) => state === 'DAMAGED');
      return damaged.map(({ id }) => id as ObjectId);
    },
  };
}
