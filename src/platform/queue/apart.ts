import type { InProcessQueue } from './in-process.ts';
import type { Queue, WorkMessage } from './port.ts';

/** What waits for others, and not for the stores. */
const goesApart = ({ kind }: WorkMessage): boolean => kind === 'webhook' || kind === 'sink';

/** Two queues as one: no other work waits for receivers of events. */
export function sentApart(queue: Queue, apart: Queue): Queue {
  return {
    send: async (messages, options) => {
      const others = messages.filter(goesApart);
      if (others.length < messages.length)
        await queue.send(
          messages.filter((message) => !goesApart(message)),
          options,
        );
      if (others.length > 0) await apart.send(others, options);
    },
  };
}

/** The same of queues of one process. */
export function queuedApart(queue: InProcessQueue, apart: InProcessQueue): InProcessQueue {
  return {
    ...sentApart(queue, apart),
    start: (work) => {
      queue.start(work);
      apart.start(work);
    },
    stop: async () => {
      await Promise.all([queue.stop(), apart.stop()]);
    },
    state: () => {
      const [one, other] = [queue.state(), apart.state()];
      return { waiting: one.waiting + other.waiting, oldestMs: Math.max(one.oldestMs, other.oldestMs) };
    },
  };
}
