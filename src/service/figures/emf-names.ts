import type { EmfMeter, EmfNames } from '../../platform/metrics/emf.ts';
import { policyRuns, requestDuration, requests, roundFailures, workDone } from '../calls/metered.ts';
import type { Figures } from './collect.ts';

/** Of all figures on AWS. The alarms in functions/alarms.yml name it, too. */
export const EMF_NAMESPACE = 'Varve';

const RESULTS: Readonly<Record<string, string>> = {
  done: 'PolicyRunsDone',
  skipped: 'PolicyRunsSkipped',
  failed: 'PolicyRunsFailed',
};

/** Few of what one machine tells, as CloudWatch bills each: what somebody is to be waked for. */
export const emfNames: EmfNames = ({ name }, labels) => {
  const count = (figure: string) => ({ name: figure, unit: 'Count' as const });
  switch (name) {
    case policyRuns.name:
      return count(RESULTS[labels.result ?? ''] ?? 'PolicyRunsFailed');
    case requests.name:
      return count(labels.outcome === 'failed' ? 'RequestsFailed' : 'RequestsAnswered');
    case requestDuration.name:
      return { name: 'RequestDuration', unit: 'Seconds' };
    case roundFailures.name:
      return count('RoundsFailed');
    case workDone.name:
      return labels.outcome === 'failed' ? count('WorkFailed') : undefined;
    default:
      return undefined;
  }
};

/** What there is, and whether the clock is held (10.4). All regions together. */
export function gaugeFigures(
  meter: Pick<EmfMeter, 'gauge'>,
  { regions, work }: Figures,
  { now, isHeld }: { readonly now: number; readonly isHeld: boolean },
): void {
  const all = [...regions.values()];
  const sum = (value: (region: (typeof all)[number]) => number) =>
    all.reduce((total, region) => total + value(region), 0);
  const oldestMs = work.oldestAt === undefined ? 0 : Math.max(now - work.oldestAt, 0);
  meter.gauge({ name: 'DisksUnderPolicy', unit: 'Count', value: sum(({ covered }) => covered) });
  meter.gauge({
    name: 'DisksWithoutPolicy',
    unit: 'Count',
    value: sum(({ disks, covered }) => Math.max(disks - covered, 0)),
  });
  meter.gauge({ name: 'DisksInBreach', unit: 'Count', value: sum(({ disksInBreach }) => disksInBreach) });
  meter.gauge({ name: 'StoredBytes', unit: 'Bytes', value: sum(({ storedBytes }) => storedBytes) });
  meter.gauge({ name: 'ReclaimWaitingBytes', unit: 'Bytes', value: sum(({ waitingBytes }) => waitingBytes) });
  meter.gauge({ name: 'DamagedObjects', unit: 'Count', value: sum(({ damagedObjects }) => damagedObjects) });
  meter.gauge({ name: 'LedgerEntries', unit: 'Count', value: work.entries });
  meter.gauge({ name: 'LedgerOldestEntryAge', unit: 'Seconds', value: oldestMs / 1000 });
  meter.gauge({ name: 'ClockHold', unit: 'Count', value: isHeld ? 1 : 0 });
}
