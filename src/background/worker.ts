import type { Composition } from '../assembly.ts';
import type { WorkMessage } from '../platform/queue/port.ts';
import { workDone, workDuration } from '../service/calls/metered.ts';
import { runCopy } from '../service/copies/run.ts';
import { placeEvents } from '../service/events/place.ts';
import { runSink } from '../service/events/sinks.ts';
import { runExport } from '../service/exports/run.ts';
import { runImport } from '../service/imports/run.ts';
import { runPolicyCopy } from '../service/policies/run-copy.ts';
import { runSlot } from '../service/policies/run-slot.ts';
import { runNewBlocks } from '../service/scrubs/new-blocks.ts';
import { runScrub } from '../service/scrubs/run.ts';
import { finishOverdue } from '../service/snapshots/overdue.ts';
import { runWebhook } from '../service/webhooks/run.ts';

/** Works on a message until `until`. What is left then is sent again. */
export async function work(parts: Composition, message: WorkMessage, until: number): Promise<void> {
  const { service, worker, scrubs, newBlocksPace, outgoing, queue, clock, log } = parts;
  const report = (error: unknown) => log.error('run failed', { ...message, error });
  const run = () => {
    switch (message.kind) {
      case 'entry':
        return worker.run(message.shard, message.id, until);
      case 'snapshot':
        return finishOverdue(service, message);
      case 'copy':
        return runCopy(service, message, until);
      case 'export':
        return runExport(service, message, until);
      case 'import':
        return runImport(service, message, until);
      case 'newBlocks':
        return runNewBlocks(scrubs, newBlocksPace, { shard: message.shard, until });
      case 'events':
        return placeEvents(service, message, until);
      case 'scrub':
        return runScrub(scrubs, message, until);
      case 'slot':
        return runSlot({ service, report }, message, until);
      case 'sink':
        return runSink({ service, report }, message, until);
      case 'webhook':
        return runWebhook({ service, outgoing }, message, until);
      case 'policyCopy':
        return runPolicyCopy({ service, report }, message);
    }
  };
  const began = performance.now();
  const end = (outcome: 'done' | 'more' | 'failed') => {
    const tookMs = performance.now() - began;
    service.meter?.observe(workDuration, { kind: message.kind }, tookMs / 1000);
    service.meter?.count(workDone, { kind: message.kind, outcome });
    log.info('work', { ...message, ms: Math.round(tookMs * 10) / 10, outcome });
  };
  try {
    const outcome = clock.now() >= until ? 'more' : await run();
    if (outcome === 'more') await queue.send([message]);
    end(outcome === 'more' ? 'more' : 'done');
  } catch (error) {
    end('failed');
    throw error;
  }
}
