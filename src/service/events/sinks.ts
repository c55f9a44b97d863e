import { equal, remove } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import type { EventSink } from '../../platform/outgoing/sink.ts';
import type { WorkMessage } from '../../platform/queue/port.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { eventBody } from '../model/events/body.ts';
import { EVENT_LANES, type SinkDueRow, sinkDueEntity } from '../model/events/rows.ts';
import type { Service } from '../service.ts';

/** How long an event is tried. */
const TRIED_FOR_MS = 24 * 3_600_000;
const MOST_REMOVED = 100; // of one transaction

interface SinkDeps {
  readonly service: Service;
  /** Called with what is given up. */
  readonly report: (error: unknown) => void;
}

type SinkMessage = Pick<Extract<WorkMessage, { kind: 'sink' }>, 'sink' | 'lane'>;

/**
 * Sends what waits in a lane to where the operator has it sent. What is not taken stays for the
 * janitor's next round. What was taken and not removed before a kill is sent again.
 */
export async function runSink({ service, report }: SinkDeps, { sink: name, lane }: SinkMessage, until: number) {
  const { catalogue, clock } = service;
  const sink = service.eventSinks?.find((known) => known.name === name);
  if (sink === undefined) return 'gone';
  for (;;) {
    const { rows } = await catalogue.list(sinkDueEntity, { partition: { sink: name, lane }, limit: sink.most });
    if (rows.length === 0) return 'done';
    if (clock.now() >= until) return 'more';
    const taken = await sink.deliver(rows.map(asSinkEvent)).catch((error: unknown) => {
      report(error);
      return [];
    });
    const since = isoTime(clock.now() - TRIED_FOR_MS);
    const old = rows.filter((row, at) => taken[at] !== true && row.placedAt < since);
    if (old.length > 0) report(new Error(`${old.length} events are given up: ${name} has not taken them for 24 h`));
    const over = rows.filter((row, at) => taken[at] === true || row.placedAt < since);
    await removeAll(service, over);
    if (over.length < rows.length) return 'done';
  }
}

async function removeAll({ catalogue }: Service, rows: readonly SinkDueRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += MOST_REMOVED) {
    const page = rows.slice(at, at + MOST_REMOVED);
    // Refused as a whole if another worker has removed one: what is left is sent again.
    await catalogue.transact(
      page.map(({ sink, lane, id }) => remove(sinkDueEntity, { sink, lane, id }, [equal('id', id)])),
    );
  }
}

function asSinkEvent(row: SinkDueRow): Parameters<EventSink['deliver']>[0][number] {
  const { id, accountId, type, at } = row;
  return { id, accountId, type, at, body: eventBody(row) };
}

/** The janitor's round: wakes workers for what waits to be sent. */
export function sweepSinks(service: Service, until: number): Promise<Counts<'woken'>> {
  const { catalogue, clock, queue, eventSinks = [] } = service;
  return sweep(clock, { until, counts: ['woken'] }, (round) =>
    round.each(eventSinks, ({ name: sink }) =>
      round.each(shards(EVENT_LANES), async (lane) => {
        const { rows } = await catalogue.list(sinkDueEntity, { partition: { sink, lane }, limit: 1 });
        if (rows.length === 0) return;
        await queue.send([{ kind: 'sink', sink, lane }]);
        round.count('woken');
      }),
    ),
  );
}
