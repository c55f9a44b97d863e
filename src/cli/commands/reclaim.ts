import type { Reclaim } from '../../client/service/account.ts';
import type { Command } from '../command.ts';
import { facts } from '../console.ts';
import { counted, formatSize } from '../sizes.ts';
import { whenKnown } from '../text.ts';
import { WATCH_OPTION } from '../watching.ts';

export const reclaimShow: Command = {
  path: 'reclaim show',
  summary: 'Show how much space waits to be freed, when it is free, and how much was freed.',
  details: [
    'Blocks are freed when nothing has referred to them for the grace time. snapshot delete ' +
      '--preview says how much a deletion would free.',
  ],
  args: [],
  options: [WATCH_OPTION],
  examples: [{ does: 'Where is my space?', line: 'varve reclaim show' }],
  json: '`{region, waitingObjects, waitingBytes, nextAt, allAt, graceHours, underWay, freedObjects, freedBytes}`.',
  run: async ({ console, client: connect, region }) => {
    const state = await (await connect()).account.reclaim(region);
    console.result(state, () => lines(state));
  },
};

function lines({
  waitingObjects,
  waitingBytes,
  nextAt,
  allAt,
  graceHours,
  underWay,
  freedObjects,
  freedBytes,
}: Reclaim) {
  return facts([
    ['waiting', `${formatSize(waitingBytes)} in ${counted(waitingObjects, 'object')}`],
    ['goes from', whenKnown(nextAt)],
    ['all gone after', whenKnown(allAt)],
    ['grace time', `${graceHours} h`],
    ['more to come', underWay ? 'perhaps: earlier changes are still being worked off' : undefined],
    ['freed so far', `${formatSize(freedBytes)} in ${counted(freedObjects, 'object')}`],
  ]);
}
