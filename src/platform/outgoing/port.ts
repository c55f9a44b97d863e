/** Sends to addresses that callers have named, and that are not to be trusted. */
export interface Outgoing {
  /**
   * One POST; redirects are not followed. Never throws: what goes wrong is an answer without a
   * status. Ends within {@link SEND_MS}, whatever the other side does.
   */
  post(request: OutgoingRequest): Promise<OutgoingAnswer>;
  /** Why nothing may be sent to this URL, as far as its text tells; undefined if it may. */
  whyRefused(url: string): string | undefined;
}

export interface OutgoingRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type OutgoingAnswer = { readonly status: number } | { readonly error: string };

/** For the name, the connection, the request and the head of the answer together. */
export const SEND_MS = 10_000;
