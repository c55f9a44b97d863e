import type { Tally } from './tally.ts';

/**
 * List prices on demand, US dollars, us-east-1, without the free tier, entered by hand: compare
 * with the pages before relying on them. Sources: aws.amazon.com/s3/pricing,
 * /dynamodb/pricing/on-demand, /sqs/pricing, /api-gateway/pricing (HTTP APIs), /lambda/pricing
 * (Arm).
 */
export const PRICES = {
  s3Write: 0.005 / 1e3, // PUT, LIST
  s3Read: 0.0004 / 1e3, // GET, HEAD; DELETE is free
  readUnit: 0.125 / 1e6,
  writeUnit: 0.625 / 1e6,
  message: 0.4 / 1e6, // each of send, receive, delete
  apiCall: 1 / 1e6,
  invocation: 0.2 / 1e6,
} as const;

/**
 * What the requests cost. Not in it: the time of functions, what is stored, and bytes that leave
 * the region.
 */
export function costOf(tally: Tally): number {
  return (
    tally.s3Writes * PRICES.s3Write +
    tally.s3Reads * PRICES.s3Read +
    tally.readUnits * PRICES.readUnit +
    tally.writeUnits * PRICES.writeUnit +
    tally.messages * (3 * PRICES.message + PRICES.invocation) +
    tally.apiCalls * (PRICES.apiCall + PRICES.invocation)
  );
}
