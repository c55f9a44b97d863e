import { buildApp } from 'fauxqs';
import { LOOPBACK } from '../ports.ts';
import type { QueueSpec } from '../template.ts';

/**
 * fauxqs as the single machine's SQS, on the loopback address alone. In memory: the ledger
 * remembers what is to be done.
 */
export async function startQueue(port: number, queues: readonly QueueSpec[]): Promise<void> {
  const app = buildApp({ logger: false });
  for (const queue of queues) {
    const answer = await app.inject({
      method: 'POST',
      url: '/',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.CreateQueue' },
      payload: JSON.stringify({ QueueName: queue.name, Attributes: queue.attributes }),
    });
    if (answer.statusCode !== 200) throw new Error(`queue ${queue.name}: ${answer.body}`);
  }
  await app.listen({ port, host: LOOPBACK });
}
