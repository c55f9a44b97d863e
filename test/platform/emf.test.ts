import { describe, expect, test } from 'vitest';
import { policyRuns, requestDuration, requests, workDone } from '../../src/service/calls/metered.ts';
import { emfFiguresOf, emfScene } from '../support/emf.ts';

describe('figures in the log of a function', () => {
  test('are one line in the embedded metric format', () => {
    const { meter, lines } = emfScene();
    meter.count(policyRuns, { result: 'failed' }, 2);
    meter.count(policyRuns, { result: 'failed' });
    meter.observe(requestDuration, { operation: 'disks' }, 0.25);
    meter.observe(requestDuration, { operation: 'createDisk' }, 0.5);
    meter.flush();
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        _aws: {
          Timestamp: 1_800_000_000_000,
          CloudWatchMetrics: [
            {
              Namespace: 'Varve',
              Dimensions: [['Installation']],
              Metrics: [
                { Name: 'PolicyRunsFailed', Unit: 'Count' },
                { Name: 'RequestDuration', Unit: 'Seconds' },
              ],
            },
          ],
        },
        Installation: 'table',
        PolicyRunsFailed: 3,
        RequestDuration: [0.25, 0.5],
      },
    ]);
  });

  test('are told once, and nothing is no line', () => {
    const { meter, lines } = emfScene();
    meter.flush();
    meter.count(workDone, { kind: 'entry', outcome: 'done' }); // not told on AWS
    meter.flush();
    meter.count(requests, { operation: 'disks', outcome: 'ok' });
    meter.flush();
    meter.flush();
    expect(lines).toHaveLength(1);
  });

  test('have no more values than CloudWatch takes, and no name from a caller', () => {
    const { meter, lines } = emfScene();
    for (let at = 0; at < 10_000; at++) {
      meter.observe(requestDuration, { operation: `evil ${at}` }, at);
      meter.count(requests, { operation: `evil ${at}`, outcome: `evil ${at}` });
    }
    meter.flush();
    const [line = '{}'] = lines;
    const told = JSON.parse(line) as Readonly<Record<string, unknown>>;
    expect(told.RequestDuration).toHaveLength(100);
    expect(told.RequestsAnswered).toBe(10_000);
    expect(line).not.toContain('evil');
  });

  test('are few, as each is billed', () => {
    expect(emfFiguresOf().length).toBeLessThanOrEqual(20);
  });
});
