import { expect, test } from 'vitest';
import { Figures } from '../../bench/figures.ts';
import { callName, SYNC_NAME } from '../../bench/measures/machine/calls.ts';
import { rateName } from '../../bench/measures/machine/timer.ts';
import { stepName } from '../../bench/measures/machine/transfers.ts';
import { machineRows } from '../../bench/report/machine-rows.ts';
import { QUICK } from '../../bench/sizes.ts';

test('steps are judged by the emulated cloud of the same round', () => {
  const figures = new Figures();
  figures.add(`${stepName('server', 'first')} s`, 10, 5);
  figures.add(`${stepName('cloud', 'first')} s`, 20, 10);
  figures.add(`${stepName('server', 'export')} s`, 6);
  figures.add(`${stepName('cloud', 'export')} s`, 10);
  expect(judgements(figures)).toEqual([
    ['  server to emulated cloud', '0.50 x', '≤ 0.55 x', true],
    ['  server to emulated cloud', '0.60 x', '≤ 0.51 x', false],
  ]);
});

test('calls may take what the disk needs for its syncs, and some milliseconds', () => {
  const figures = new Figures();
  figures.add(SYNC_NAME, 4);
  figures.add(callName('server', 'snapshot'), 7.5);
  figures.add(callName('server', 'new block'), 17);
  expect(judgements(figures)).toEqual([
    ['snapshot: server', '7.50 ms', '≤ 8.00 ms', true],
    ['commit of a new block, with prepare and PUT: server', '17.0 ms', '≤ 16.0 ms', false],
  ]);
});

test('the timer is judged by where the data lie', () => {
  const figures = new Figures();
  figures.add(rateName('disk'), 700);
  expect(judgements(figures)).toEqual([['  snapshots a second, on disk', '700', '≥ 600', true]]);
});

test('nothing measured, no rows', () => {
  expect(machineRows(new Figures(), QUICK)).toEqual([]);
});

function judgements(figures: Figures) {
  return machineRows(figures, QUICK).flatMap(({ what, value, target, reached }) =>
    reached === undefined ? [] : [[what, value, target, reached]],
  );
}
