import { describe, expect, test } from 'vitest';
import type { Composition } from '../../src/assembly.ts';
import { work } from '../../src/background/worker.ts';
import { createLog } from '../../src/platform/log.ts';
import { createRegistry } from '../../src/platform/metrics/meter.ts';

const MESSAGE = { kind: 'entry', shard: 3, id: 'e-1' } as const;

/** A worker that ends like this, with what it logs and counts. */
function workerThat(run: () => Promise<string>) {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const clock = { now: () => 0 };
  const log = createLog({ level: 'info', clock, write: (line) => lines.push(JSON.parse(line)) });
  const meter = createRegistry();
  const sent: unknown[] = [];
  const queue = { send: async (messages: readonly unknown[]) => void sent.push(...messages) };
  const parts = { service: { meter }, worker: { run }, clock, log, queue } as unknown as Composition;
  const counted = () => meter.families().find(({ name }) => name === 'varve_work_total')?.samples;
  return { parts, lines, sent, counted };
}

describe('each message that a worker took is one line of the log', () => {
  test.each(['done', 'more'])('that ended as %s', async (outcome) => {
    const { parts, lines, sent, counted } = workerThat(async () => outcome);
    await work(parts, MESSAGE, 1);
    const line = { time: expect.any(String), level: 'info', message: 'work', ms: expect.any(Number) };
    expect(lines).toEqual([{ ...line, ...MESSAGE, outcome }]);
    expect(sent).toEqual(outcome === 'more' ? [MESSAGE] : []);
    expect(counted()).toEqual([{ labels: { kind: 'entry', outcome }, value: 1 }]);
  });

  test('that failed, and the failure is still told', async () => {
    const { parts, lines, counted } = workerThat(() => Promise.reject(new Error('the store is gone')));
    await expect(work(parts, MESSAGE, 1)).rejects.toThrow('the store is gone');
    expect(lines).toMatchObject([{ message: 'work', ...MESSAGE, outcome: 'failed' }]);
    expect(counted()).toEqual([{ labels: { kind: 'entry', outcome: 'failed' }, value: 1 }]);
  });
});
