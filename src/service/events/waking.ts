import type { Catalogue, Write } from '../../platform/catalogue/port.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Queue } from '../../platform/queue/port.ts';
import { eventOutboxEntity } from '../model/events/rows.ts';

/** Events of this time are placed together: a hundred snapshots cost one round, not a hundred. */
const GATHER_MS = 500;

/**
 * The same catalogue, which wakes a worker for the events that a transaction has written. So
 * whoever records an event does not have to. The janitor makes up for what is lost here.
 */
export function wakingCatalogue(catalogue: Catalogue, queue: Queue, clock: Clock): Catalogue {
  /** When the last message for a lane is delivered: what is written before is placed by it. */
  const pending = new Map<number, number>();
  const isToBeWoken = (lane: number): boolean => {
    const now = clock.now();
    const left = (pending.get(lane) ?? 0) - now;
    if (left > 0 && left <= GATHER_MS) return false;
    pending.set(lane, now + GATHER_MS);
    return true;
  };
  return {
    ...catalogue,
    transact: async (writes) => {
      const result = await catalogue.transact(writes);
      const written = result.ok ? [...new Set(writes.flatMap(laneWritten))] : [];
      const lanes = written.filter(isToBeWoken);
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
