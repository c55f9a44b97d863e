/**
 * What every client of AWS's SDK is made with: one attempt, of a bounded time. Without these the
 * SDK waits for an answer for ever. What is tried again, and for how long in all, is decided by
 * `withRetries` alone, so that two counts of attempts do not multiply.
 */
export function awsSettings({ requestMs = REQUEST_MS }: { readonly requestMs?: number } = {}) {
  return {
    maxAttempts: 1,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: requestMs, throwOnRequestTimeout: true },
  };
}

/**
 * Of one attempt. AWS answers in milliseconds; the engines of a single machine, when its disk is
 * busy, in seconds.
 */
export const REQUEST_MS = 6000;
/** Both count the time in which a request waits for one of the handler's 50 connections. */
const CONNECT_MS = 3000;
