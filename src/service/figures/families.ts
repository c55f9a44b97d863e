import { type Family, gauge } from '../../platform/metrics/family.ts';
import type { ClockVerdict } from '../../platform/time/explain-clock.ts';
import type { Figures, RegionFigures } from './collect.ts';

/** The installation's figures, as a monitoring system takes them. Pure. */
export function familiesOf({ regions, work, isWhole }: Figures, now: number): Family[] {
  const byRegion = (name: string, help: string, value: (figures: RegionFigures) => number): Family => ({
    kind: 'gauge',
    name,
    help,
    samples: [...regions].map(([region, figures]) => ({ labels: { region }, value: value(figures) })),
  });
  const oldestMs = work.oldestAt === undefined ? 0 : Math.max(now - work.oldestAt, 0);
  return [
    {
      kind: 'gauge',
      name: 'varve_disks',
      help: 'Disks by protection: under a policy, or none.',
      samples: [...regions].flatMap(([region, { disks, covered }]) => [
        { labels: { region, protection: 'policy' }, value: covered },
        { labels: { region, protection: 'none' }, value: Math.max(disks - covered, 0) },
      ]),
    },
    {
      kind: 'gauge',
      name: 'varve_disk_protection',
      help: 'Disks by their recovery point objective: met, in breach, exempt, or without one.',
      samples: [...regions].flatMap(([region, of]) => [
        { labels: { region, state: 'protected' }, value: of.protectedDisks },
        { labels: { region, state: 'in_breach' }, value: of.disksInBreach },
        { labels: { region, state: 'exempt' }, value: of.exemptDisks },
        { labels: { region, state: 'unprotected' }, value: of.unprotectedDisks },
      ]),
    },
    byRegion('varve_logical_bytes', 'What disks, snapshots and images hold of their own.', (of) => of.logicalBytes),
    byRegion('varve_deduplicated_bytes', 'Different blocks, uncompressed.', (of) => of.deduplicatedBytes),
    byRegion('varve_stored_bytes', 'Blocks and pages as they are stored.', (of) => of.storedBytes),
    byRegion('varve_reclaim_waiting_bytes', 'Stored, needed by nothing, and not freed yet.', (of) => of.waitingBytes),
    byRegion('varve_damaged_objects', 'Objects that are known to be damaged or missing.', (of) => of.damagedObjects),
    gauge('varve_ledger_entries', 'Pieces of background work that are remembered and not done.', work.entries),
    gauge('varve_ledger_oldest_entry_age_seconds', 'Age of the oldest of them, 0 for none.', oldestMs / 1000),
    gauge('varve_figures_complete', 'Whether all there is was looked at, or the sums are too low.', isWhole ? 1 : 0),
  ];
}

/** Rule 10.4. */
export function clockFamilies(verdict: ClockVerdict): Family[] {
  const byMs = verdict.kind === 'trusted' ? 0 : verdict.byMs;
  return [
    gauge(
      'varve_clock_hold',
      'Whether nothing is deleted because of time, as the clock is ahead of what explains it.',
      verdict.kind === 'ahead' ? 1 : 0,
    ),
    gauge('varve_clock_unexplained_seconds', 'By how much the clock is ahead, or behind if negative.', byMs / 1000),
  ];
}
