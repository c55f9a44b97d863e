import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Family } from '../../src/platform/metrics/family.ts';
import { type Counter, createRegistry, type Histogram } from '../../src/platform/metrics/meter.ts';
import { chooseForm, printFamilies } from '../../src/platform/metrics/text.ts';

const calls: Counter<'kind'> = { name: 'calls_total', help: 'Calls.', labels: ['kind'] };
const waits: Histogram<'kind'> = { name: 'wait_seconds', help: 'Waits.', labels: ['kind'], bounds: [0.5, 1, 10] };

describe('the text of figures', () => {
  test('is that of Prometheus', () => {
    const meter = createRegistry();
    meter.count(calls, { kind: 'a' });
    meter.count(calls, { kind: 'a' }, 2);
    for (const seconds of [0.25, 0.5, 2, 60]) meter.observe(waits, { kind: 'b' }, seconds);
    expect(printFamilies(meter.families(), 'prometheus')).toBe(
      [
        '# HELP calls_total Calls.',
        '# TYPE calls_total counter',
        'calls_total{kind="a"} 3',
        '# HELP wait_seconds Waits.',
        '# TYPE wait_seconds histogram',
        'wait_seconds_bucket{kind="b",le="0.5"} 2',
        'wait_seconds_bucket{kind="b",le="1.0"} 2',
        'wait_seconds_bucket{kind="b",le="10.0"} 3',
        'wait_seconds_bucket{kind="b",le="+Inf"} 4',
        'wait_seconds_sum{kind="b"} 62.75',
        'wait_seconds_count{kind="b"} 4',
        '',
      ].join('\n'),
    );
  });

  test('is that of OpenMetrics: counters without their ending, and an end', () => {
    const meter = createRegistry();
    meter.count(calls, { kind: 'a' });
    expect(printFamilies(meter.families(), 'openmetrics')).toBe(
      '# HELP calls Calls.\n# TYPE calls counter\ncalls_total{kind="a"} 1\n# EOF\n',
    );
  });

  test('escapes what would end a line or a label, and leaves out figures without a value', () => {
    const samples = [{ labels: { path: 'a"b\\c\nd' }, value: Number.POSITIVE_INFINITY }];
    const families: Family[] = [
      { kind: 'gauge', name: 'odd', help: 'A \\ and\nmore.', samples },
      { kind: 'gauge', name: 'none', help: 'Nothing.', samples: [] },
    ];
    expect(printFamilies(families, 'prometheus')).toBe(
      '# HELP odd A \\\\ and\\nmore.\n# TYPE odd gauge\nodd{path="a\\"b\\\\c\\nd"} +Inf\n',
    );
  });
});

test.each([
  [undefined, 'prometheus'],
  ['*/*', 'prometheus'],
  ['text/plain', 'prometheus'],
  ['application/openmetrics-text', 'openmetrics'],
  ['application/openmetrics-text; version=1.0.0', 'openmetrics'],
  ['application/openmetrics-text; version=0.0.1', 'prometheus'],
  ['application/openmetrics-text;version=1.0.0;q=0.2, text/plain;q=0.9', 'prometheus'],
  ['application/openmetrics-text;q=0', 'prometheus'],
  ['application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.5,*/*;q=0.1', 'openmetrics'],
])('Accept: %s is answered in the form of %s', (accept, form) => {
  expect(chooseForm(accept)).toBe(form);
});

describe('a registry', () => {
  test('keeps so many series of a figure and no more', () => {
    const meter = createRegistry(10);
    for (let at = 0; at < 10_000; at++) meter.count(calls, { kind: `kind ${at}` });
    const [family] = meter.families();
    expect(family?.samples).toHaveLength(11);
    expect(family?.samples.at(-1)).toEqual({ labels: { kind: 'other' }, value: 9_990 });
  });

  test('counts every value once, in the first bound that holds it', () => {
    const values = fc.array(fc.double({ min: 0, max: 20, noNaN: true }));
    fc.assert(
      fc.property(values, (seconds) => {
        const meter = createRegistry();
        for (const value of [0, ...seconds]) meter.observe(waits, { kind: 'x' }, value);
        const all = [0, ...seconds];
        const [family] = meter.families();
        const atMost = waits.bounds.map((bound) => all.filter((value) => value <= bound).length);
        expect(family?.samples[0]?.value).toMatchObject({ atMost, count: all.length });
      }),
    );
  });
});
