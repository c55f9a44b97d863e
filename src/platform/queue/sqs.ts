import { SendMessageBatchCommand, type SendMessageBatchCommandOutput, type SQSClient } from '@aws-sdk/client-sqs';
import type { Log } from '../log.ts';
import { MAX_DELAY_MS, type Queue, type WorkMessage } from './port.ts';

export interface SqsQueueOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly log: Log;
}

const BATCH_MESSAGES = 10; // SQS SendMessageBatch

export function createSqsQueue({ client, queueUrl, log }: SqsQueueOptions): Queue {
  const sendBatch = async (messages: readonly WorkMessage[], delayMs: number): Promise<void> => {
    const DelaySeconds = Math.ceil(Math.min(delayMs, MAX_DELAY_MS) / 1000);
    const delay = DelaySeconds > 0 ? { DelaySeconds } : {};
    const Entries = messages.map((message, at) => ({ Id: `${at}`, MessageBody: JSON.stringify(message), ...delay }));
    try {
      reportFailed(log, await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries })));
    } catch (error) {
      log.warn('the queue took no messages', { count: messages.length, error });
    }
  };

  return {
    async send(messages, { delayMs = 0 } = {}) {
      for (let at = 0; at < messages.length; at += BATCH_MESSAGES) {
        await sendBatch(messages.slice(at, at + BATCH_MESSAGES), delayMs);
      }
    },
  };
}

function reportFailed(log: Log, { Failed: failed = [] }: SendMessageBatchCommandOutput): void {
  const [first] = failed;
  if (first) log.warn('the queue refused messages', { count: failed.length, code: first.Code, reason: first.Message });
}
