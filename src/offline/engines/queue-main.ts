import { need } from './need.ts';
import { startQueue } from './queue.ts';

await startQueue(Number(need('VARVE_LOCAL_PORT')), JSON.parse(need('VARVE_LOCAL_QUEUES')) as never);
