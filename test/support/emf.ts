import { createEmfMeter, type EmfMeter } from '../../src/platform/metrics/emf.ts';
import { policyRuns, requestDuration, requests, roundFailures, workDone } from '../../src/service/calls/metered.ts';
import type { Figures } from '../../src/service/figures/collect.ts';
import { EMF_NAMESPACE, emfNames, gaugeFigures } from '../../src/service/figures/emf-names.ts';

export interface EmfScene {
  readonly meter: EmfMeter;
  /** Lines as CloudWatch gets them. */
  readonly lines: readonly string[];
}

export function emfScene(): EmfScene {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const place = { namespace: EMF_NAMESPACE, dimensions: { Installation: 'table' } };
  return {
    meter: createEmfMeter({ ...place, clock: { now: () => 1_800_000_000_000 }, names: emfNames, write }),
    lines,
  };
}

const NOTHING: Figures = { regions: new Map(), work: { entries: 0 }, isWhole: true };

/** The names of all figures that are told on AWS. */
export function emfFiguresOf(): string[] {
  const { meter, lines } = emfScene();
  for (const result of ['done', 'skipped', 'failed']) meter.count(policyRuns, { result });
  for (const outcome of ['ok', 'failed']) meter.count(requests, { operation: 'disks', outcome });
  meter.observe(requestDuration, { operation: 'disks' }, 0.1);
  meter.count(roundFailures, { round: 'ledger' });
  meter.count(workDone, { kind: 'entry', outcome: 'failed' });
  gaugeFigures(meter, NOTHING, { now: 0, isHeld: false });
  meter.flush();
  const [line = '{}'] = lines;
  const { _aws } = JSON.parse(line) as { readonly _aws: { readonly CloudWatchMetrics: readonly EmfDirective[] } };
  return _aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));
}

interface EmfDirective {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
}
