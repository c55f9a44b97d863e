import type { Caller } from './caller.ts';
import type { RowLoader } from './row-loader.ts';

/** Where a request comes from, for the audit. */
export interface Origin {
  readonly requestId: string;
  /** The other end of the connection, as the gateway or the socket says it. No header counts. */
  readonly address?: string;
  readonly userAgent?: string;
}

/** What a resolver knows of its request. */
export interface RequestContext {
  readonly caller: Caller;
  readonly rows: RowLoader;
  readonly origin: Origin;
}
