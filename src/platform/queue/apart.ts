import type { InProcessQueue } from './in-process.ts';
import type { Queue, WorkMessage } from './port.ts';

/** Two queues as one: messages of one kind wait for no other. */
export function sentApart(queue: Queue, kind: WorkMessage['kind'], apart: Queue): Queue {
  return {
    send: async (messages, options) => {
      const others = messages.filter((message) => message.kind === kind);
      if (others.length < messages.length)
        await queue.send(
          messages.filter((message) => message.kind !== kind),
          options,
        );
      if (others.length > 0) await apart.send(others, options);
    },
  };
}

/** The same of queues of one process. */
export function queuedApart(queue: InProcessQueue, kind: WorkMessage['kind'], apart: InProcessQueue): InProcessQueue {
  return {
    ...sentApart(queue, kind, apart),
    start: (work) => {
      queue.start(work);
      apart.start(work);
    },
    stop: async () => {
      await Promise.all([queue.stop(), apart.stop()]);
    },
  };
}
