/** Milliseconds. A connection on which nothing comes, or half a request, takes up a socket. */
export interface HttpLimits {
  /** For the head of a request, from the connection on. */
  readonly headersTimeout: number;
  /** For a request as a whole; a block of half a MiB may take its time. */
  readonly requestTimeout: number;
  /** Between two requests; more than Node's clients keep a connection for. */
  readonly keepAliveTimeout: number;
  /** Between two looks for those that are over their time. */
  readonly connectionsCheckingInterval: number;
}

export const HTTP_LIMITS: HttpLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 1000,
};
