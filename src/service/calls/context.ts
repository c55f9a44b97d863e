import type { Caller } from './caller.ts';
import type { RowLoader } from './row-loader.ts';

/** What a resolver knows of its request. */
export interface RequestContext {
  readonly caller: Caller;
  readonly rows: RowLoader;
}
