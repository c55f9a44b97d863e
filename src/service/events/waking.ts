import type { Catalogue, Write } from '../../platform/catalogue/port.ts';
import type { Queue } from '../../platform/queue/port.ts';
import { eventOutboxEntity } from '../model/events/rows.ts';

/** Events of this time are placed together: a hundred snapshots cost one round, not a hundred. */
const GATHER_MS = 250;

/**
 * The same catalogue, which wakes a worker for the events that a transaction has written. So
 * whoever records an event does not have to. The janitor makes up for what is lost here.
 */
export function wakingCatalogue(catalogue: Catalogue, queue: Queue): Catalogue {
  return {
    ...catalogue,
    transact: async (writes) => {
      const result = await catalogue.transact(writes);
      const lanes = result.ok ? [...new Set(writes.flatMap(laneWritten))] : [];
      if (lanes.length > 0) {
        const messages = lanes.map((lane) => ({ kind: 'events', lane }) as const);
        await queue.send(messages, { delayMs: GATHER_MS });
      }
      return result;
    },
  };
}

function laneWritten(write: Write): number[] {
  if (write.kind !== 'put' || write.entity.name !== eventOutboxEntity.name) return [];
  return 'lane' in write.row && typeof write.row.lane === 'number' ? [write.row.lane] : [];
}
