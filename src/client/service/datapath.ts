import type { ObjectId, Root } from '../../engine/blocks/block.ts';
import type { BlockRange, BlockWrite } from '../../engine/contract.ts';
import type { Graphql, Operation } from './graphql.ts';

/** A block that a client wants in the store. */
export interface WantedObject {
  readonly id: ObjectId;
  readonly stored?: { readonly sizeBytes: number; readonly sha256: string };
}

export interface PreparedObject {
  readonly state: 'PRESENT' | 'MISSING' | 'UPLOAD' | 'WAIT';
  readonly url: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[] | null;
  readonly retryAfterMs: number | null;
}

export interface Draft extends Versioned {
  readonly id: string;
  readonly baseVersion: number;
  readonly label: string | null;
}

export interface Versioned {
  readonly version: number;
  readonly root: Root;
}

export interface MappedBlock extends BlockWrite {
  readonly url?: string | null;
}

export interface BlockMap extends Versioned {
  readonly sizeBytes: number;
  readonly blocks: readonly MappedBlock[];
  readonly nextIndex: number | null;
}

export interface PageMap extends Versioned {
  readonly sizeBytes: number;
  readonly pages: readonly { readonly index: number; readonly id: ObjectId }[];
  readonly nextIndex: number | null;
}

export interface CommitBlocks {
  readonly target: string;
  readonly expectedVersion: number;
  readonly writes: readonly BlockWrite[];
  readonly trims: readonly BlockRange[];
  /** Of the writer lease that the caller holds. */
  readonly fence?: number | undefined;
}

export interface OpenDraft {
  readonly diskId: string;
  readonly expectedVersion: number;
  readonly label: string;
  readonly clientToken: string;
  readonly fence?: number | undefined;
  /** To keep the present contents readable, whoever holds the disk. */
  readonly forReading?: boolean;
}

export interface CommitDraft {
  readonly draftId: string;
  readonly fence?: number | undefined;
  /** What could not be read of the source of the contents; left out, what is known of the disk stays. */
  readonly unreadable?: UnreadableInput | undefined;
}

export interface UnreadableInput {
  readonly ranges: readonly { readonly offsetBytes: number; readonly lengthBytes: number }[];
  readonly moreRanges: number;
  readonly moreBytes: number;
}

export interface MapRequest {
  readonly source: string;
  readonly startIndex: number;
  /** Not looked at any more. */
  readonly endIndex?: number;
  readonly limit: number;
  readonly expectedVersion?: number | undefined;
  /** From the store, not from what the service has read before. */
  readonly fresh?: boolean | undefined;
}

const PREPARE_UPLOAD: Operation<
  { input: { target: string; objects: readonly WantedObject[] } },
  { prepareUpload: { objects: PreparedObject[] } }
> = {
  text: `mutation PrepareUpload($input: PrepareUploadInput!) {
  prepareUpload(input: $input) { objects { state url headers { name value } retryAfterMs } }
}`,
  repeatable: true,
};

const COMMIT_BLOCKS: Operation<{ input: CommitBlocks }, { commitBlocks: Versioned }> = {
  text: 'mutation CommitBlocks($input: CommitBlocksInput!) { commitBlocks(input: $input) { version root } }',
  repeatable: false, // a repetition would meet the version that it made itself: see upload/committer.ts
};

const OPEN_DRAFT: Operation<{ input: OpenDraft }, { openDraft: { draft: Draft } }> = {
  text: `mutation OpenDraft($input: OpenDraftInput!) {
  openDraft(input: $input) { draft { id version root baseVersion label } }
}`,
  repeatable: true,
};

const COMMIT_DRAFT: Operation<{ input: CommitDraft }, { commitDraft: { disk: Versioned } }> = {
  text: 'mutation CommitDraft($input: CommitDraftInput!) { commitDraft(input: $input) { disk { version root } } }',
  repeatable: false, // as above
};

const DISCARD_DRAFT: Operation<{ input: { draftId: string } }, { discardDraft: { draftId: string } }> = {
  text: 'mutation DiscardDraft($input: DiscardDraftInput!) { discardDraft(input: $input) { draftId } }',
  repeatable: true,
};

const DRAFTS: Operation<
  { diskId: string; after: string | null },
  { drafts: { nodes: Draft[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } }
> = {
  text: `query Drafts($diskId: ID!, $after: String) {
  drafts(diskId: $diskId, first: 10, after: $after) {
    nodes { id version root baseVersion label } pageInfo { hasNextPage endCursor }
  }
}`,
  repeatable: true,
};

const BLOCK_MAP: Operation<{ input: MapRequest; urls: boolean }, { blockMap: BlockMap }> = {
  text: `query BlockMap($input: BlockMapInput!, $urls: Boolean!) {
  blockMap(input: $input) { sizeBytes root version nextIndex blocks { index id url @include(if: $urls) } }
}`,
  repeatable: true,
};

const PAGE_MAP: Operation<{ input: MapRequest }, { pageMap: PageMap }> = {
  text: `query PageMap($input: PageMapInput!) {
  pageMap(input: $input) { sizeBytes root version nextIndex pages { index id } }
}`,
  repeatable: true,
};

const REPORT_DAMAGE: Operation<
  { input: { source: string; blocks: readonly BlockWrite[] } },
  { reportDamage: { blocks: { id: ObjectId; state: 'DAMAGED' | 'WHOLE' | 'GONE' }[] } }
> = {
  text: `mutation ReportDamage($input: ReportDamageInput!) {
  reportDamage(input: $input) { blocks { id state } }
}`,
  repeatable: true,
};

export const DATAPATH_OPERATIONS = [
  PREPARE_UPLOAD,
  COMMIT_BLOCKS,
  OPEN_DRAFT,
  COMMIT_DRAFT,
  DISCARD_DRAFT,
  DRAFTS,
  BLOCK_MAP,
  PAGE_MAP,
  REPORT_DAMAGE,
] as const;

/** The data path of the API, as the pipelines use it. */
export interface Datapath {
  prepareUpload(target: string, objects: readonly WantedObject[]): Promise<PreparedObject[]>;
  commitBlocks(input: CommitBlocks): Promise<Versioned>;
  openDraft(input: OpenDraft): Promise<Draft>;
  commitDraft(input: CommitDraft): Promise<Versioned>;
  discardDraft(draftId: string): Promise<void>;
  drafts(diskId: string): Promise<Draft[]>;
  blockMap(request: MapRequest, urls: boolean): Promise<BlockMap>;
  pageMap(request: MapRequest): Promise<PageMap>;
  /** Says that these blocks of `source`, at most 64, are damaged; the ids of those that the service finds damaged, too. */
  reportDamage(source: string, blocks: readonly BlockWrite[]): Promise<ObjectId[]>;
}

export function createDatapath(graphql: Graphql, signal: AbortSignal): Datapath {
  return {
    prepareUpload: async (target, objects) =>
      (await graphql.call(PREPARE_UPLOAD, { input: { target, objects } }, signal)).prepareUpload.objects,
    commitBlocks: async (input) => (await graphql.call(COMMIT_BLOCKS, { input }, signal)).commitBlocks,
    openDraft: async (input) => (await graphql.call(OPEN_DRAFT, { input }, signal)).openDraft.draft,
    commitDraft: async (input) => (await graphql.call(COMMIT_DRAFT, { input }, signal)).commitDraft.disk,
    discardDraft: async (draftId) => {
      await graphql.call(DISCARD_DRAFT, { input: { draftId } }, signal);
    },
    drafts: async (diskId) => {
      const all: Draft[] = [];
      for (let after: string | null = null; ; ) {
        const { nodes, pageInfo }: { nodes: Draft[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } = (
          await graphql.call(DRAFTS, { diskId, after }, signal)
        ).drafts;
        all.push(...nodes);
        if (!pageInfo.hasNextPage) return all;
        after = pageInfo.endCursor;
      }
    },
    blockMap: async (input, urls) =>
      (await graphql.call(BLOCK_MAP, { input: { ...input, urls } as MapRequest, urls }, signal)).blockMap,
    pageMap: async (input) => (await graphql.call(PAGE_MAP, { input }, signal)).pageMap,
    reportDamage: async (source, blocks) => {
      const { reportDamage } = await graphql.call(REPORT_DAMAGE, { input: { source, blocks } }, signal);
      return reportDamage.blocks.filter(({ state }) => state === 'DAMAGED').map(({ id }) => id);
    },
  };
}
