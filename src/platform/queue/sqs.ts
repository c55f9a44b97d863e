import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, type SQSClient } from '@aws-sdk/client-sqs';
import type { Log } from '../log.ts';
import { PassingTrouble } from '../passing-trouble.ts';
import { type RetryLimits, withRetries } from '../retry.ts';
import { MAX_DELAY_MS, type Queue, type WorkMessage } from './port.ts';

export interface SqsQueueOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly log: Log;
  /** In [0, 1): spreads retries. */
  readonly random: () => number;
  readonly retry?: Partial<RetryLimits>;
}

const BATCH_MESSAGES = 10; // SQS SendMessageBatch
/** Callers wait for it, and lose little where it fails: the janitor sends again. */
const RETRY: RetryLimits = { attempts: 5, attemptMs: 2000, totalMs: 4000, firstWaitMs: 50, longestWaitMs: 1000 };

export function createSqsQueue(options: SqsQueueOptions): Queue {
  return {
    async send(messages, { delayMs = 0 } = {}) {
      const DelaySeconds = Math.ceil(Math.min(delayMs, MAX_DELAY_MS) / 1000);
      const delay = DelaySeconds > 0 ? { DelaySeconds } : {};
      for (let at = 0; at < messages.length; at += BATCH_MESSAGES) {
        const batch = messages.slice(at, at + BATCH_MESSAGES);
        try {
          await sendBatch(
            options,
            batch.map((message, place) => ({ ...entryOf(message, place), ...delay })),
          );
        } catch (error) {
          // A queue that took nothing for so long would cost as much time for each of the others.
          options.log.warn('the queue took no messages', { count: messages.length - at, error });
          return;
        }
      }
    },
  };
}

const entryOf = (message: WorkMessage, place: number) => ({ Id: `${place}`, MessageBody: JSON.stringify(message) });

/** Throws where nothing is known of the messages; those that the queue refuses are logged. */
async function sendBatch(
  { client, queueUrl, log, random, retry }: SqsQueueOptions,
  entries: readonly SendMessageBatchRequestEntry[],
): Promise<void> {
  let rest = entries;
  await withRetries({ ...RETRY, ...retry, what: 'The queue', random }, async (abortSignal) => {
    const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [...rest] });
    const { Failed: failed = [] } = await client.send(command, { abortSignal });
    const [first] = failed.filter(({ SenderFault }) => SenderFault);
    if (first) {
      const count = failed.filter(({ SenderFault }) => SenderFault).length;
      log.warn('the queue refused messages', { count, code: first.Code, reason: first.Message });
    }
    const again = new Set(failed.flatMap(({ SenderFault, Id }) => (SenderFault ? [] : [Id])));
    rest = rest.filter(({ Id }) => again.has(Id));
    if (rest.length > 0) throw new PassingTrouble(`${rest.length} messages were not taken`);
  });
}
