import type { Overview } from '../../client/service/watch.ts';
import type { Command } from '../command.ts';
import { facts } from '../console.ts';
import { counted, formatSize } from '../sizes.ts';
import type { Line } from '../text.ts';
import { WATCH_OPTION } from '../watching.ts';

export const overview: Command = {
  path: 'overview',
  summary: 'Show a region at a glance: disks by protection, snapshots, runs, what waits, damage.',
  details: ['The first call for a large region has everything counted, and waits for it: a minute at most.'],
  args: [],
  options: [WATCH_OPTION],
  examples: [{ does: 'Is all well?', line: 'varve overview' }],
  json:
    '`{region, disks{total protected inBreach unprotected exempt local}, snapshots{manual automatic ' +
    'inProgress failed}, runs{since done skipped failed missedSlots}, waiting{objects bytes}, ' +
    'damagedObjects, countedAt, drift}`. `drift` is how much the counts were wrong when ' +
    'everything was last counted.',
  run: async ({ console, client: connect, region }) => {
    const seen = await (await connect()).watch.overview(region);
    console.result(seen, () => overviewLines(seen));
  },
};

function overviewLines({ region, disks, snapshots, runs, waiting, damagedObjects, drift }: Overview): Line[] {
  const { total, protected: good, inBreach, unprotected, exempt, local } = disks;
  const some = (count: number, text: string) => (count === 0 ? [] : [`${count} ${text}`]);
  const states = [...some(snapshots.inProgress, 'in progress'), ...some(snapshots.failed, 'failed')];
  const others = [...some(exempt, 'exempt'), ...some(local, 'LOCAL')];
  return facts([
    ['Region', region],
    [
      'Disks',
      [
        `${total}: ${good} protected`,
        `${inBreach} in breach${inBreach > 0 ? ' (varve watch)' : ''}`,
        `${unprotected} unprotected`,
        ...others,
      ].join(', '),
    ],
    ['Snapshots', [`${snapshots.manual} manual`, `${snapshots.automatic} automatic`, ...states].join(', ')],
    ['Runs of 24 h', `${runs.done} done, ${runs.skipped} skipped, ${runs.failed} failed`],
    ['Missed', runs.missedSlots > 0 ? counted(runs.missedSlots, 'slot') : undefined],
    ['To be freed', `${counted(waiting.objects, 'object')}, ${formatSize(waiting.bytes)}`],
    ['Damaged', damagedObjects > 0 ? `${counted(damagedObjects, 'object')}: see varve damage list` : 'nothing'],
    ['Counts', drift > 0 ? `were wrong by ${drift} when everything was last counted` : undefined],
  ]);
}
