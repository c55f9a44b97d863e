import { startQueue } from './queue.ts';

const specs: unknown = JSON.parse(process.env.VARVE_LOCAL_QUEUES ?? '[]');
process.send?.(await startQueue(specs as never));
