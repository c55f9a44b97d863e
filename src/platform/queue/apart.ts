import type { InProcessQueue } from './in-process.ts';
import type { WorkMessage } from './port.ts';

/** Two queues of one process as one: messages of one kind wait for no other. */
export function queuedApart(queue: InProcessQueue, kind: WorkMessage['kind'], apart: InProcessQueue): InProcessQueue {
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
    start: (work) => {
      queue.start(work);
      apart.start(work);
    },
    stop: async () => {
      await Promise.all([queue.stop(), apart.stop()]);
    },
  };
}
