import { type FauxqsServer, startFauxqs } from 'fauxqs';

/** An SQS engine of the caller's own, in memory; the caller stops it. */
export function startQueueEngine(): Promise<FauxqsServer> {
  return startFauxqs({ port: 0, logger: false });
}
