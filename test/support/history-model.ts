import type { Contents } from './block-contents.ts';

/**
 * Two domains of one account, and one of another, with the same contents: nothing may leak from one
 * into another.
 */
export const DOMAINS = [
  { accountId: 'acc-a', domainId: 'dom-a' },
  { accountId: 'acc-b', domainId: 'dom-b' },
  { accountId: 'acc-a', domainId: 'dom-k' },
] as const;
export interface Version {
  readonly accountId: string;
  readonly domainId: string;
  contents: Contents;
}
export interface Head extends Version {
  version: number;
  /** Of its last writer; `held` while it has one. */
  fence?: number | undefined;
  held?: boolean;
}
export interface Draft extends Head {
  readonly disk: string;
  readonly baseVersion: number;
}
export interface Fixed extends Version {
  readonly disk: string;
}

/** In the recycle bin: what it was, to come back as just that. */
export type Trashed = ({ readonly was: 'head' } & Head) | ({ readonly was: 'fixed' } & Fixed);

/** A copy that is under way: what it has so far, and what it is to have. */
export interface Copy extends Version {
  readonly keepId: string;
  readonly source: Version;
}

/** What anyone would keep who knew nothing of trees and references. */
export interface Model {
  readonly heads: Map<string, Head>;
  readonly drafts: Map<string, Draft>;
  /** Snapshots and images. */
  readonly fixed: Map<string, Fixed>;
  readonly copies: Map<string, Copy>;
  readonly trash: Map<string, Trashed>;
  made: number;
}

export const newModel = (): Model => ({
  heads: new Map(),
  drafts: new Map(),
  fixed: new Map(),
  copies: new Map(),
  trash: new Map(),
  made: 0,
});

/** Everything that keeps contents, under the id of its node. */
export function versionsOf({ heads, drafts, fixed, copies, trash }: Model): (readonly [string, Version])[] {
  const kept = [...copies.values()].map(({ keepId, source }) => [keepId, source] as const);
  return [...heads, ...drafts, ...fixed, ...copies, ...kept, ...trash];
}
