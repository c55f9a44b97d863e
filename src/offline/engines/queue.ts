import type { Server } from 'node:http';
import { buildApp } from 'fauxqs';
import { HTTP_LIMITS } from '../../local/http-limits.ts';
import { LOOPBACK } from '../../local/ports.ts';
import type { QueueSpec } from '../template.ts';

/**
 * fauxqs as the single machine's SQS, on the loopback address alone. In memory: the ledger
 * remembers what is to be done.
 */
export async function startQueue(port: number, queues: readonly QueueSpec[]): Promise<Server> {
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
  Object.assign(app.server, HTTP_LIMITS);
  await app.listen({ port, host: LOOPBACK });
  return app.server;
}
