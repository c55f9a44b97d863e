import type { Composition } from '../assembly.ts';
import { collectFigures } from '../service/figures/collect.ts';
import { gaugeFigures } from '../service/figures/emf-names.ts';

/** Reading them costs a few requests for each account, and nobody is waked for less. */
const EVERY_MINUTES = 10;
const LOOK_MS = 15_000;
const MINUTE_MS = 60_000;

/**
 * On AWS, after the janitor's look at the clock: what there is goes along with its other figures.
 */
export async function tellFigures(parts: Composition, until: number): Promise<void> {
  const { service, clock, clockWatch, emf, log } = parts;
  const began = clock.now();
  if (emf === undefined || Math.floor(began / MINUTE_MS) % EVERY_MINUTES !== 0) return;
  const end = Math.min(until, began + LOOK_MS);
  try {
    const figures = await collectFigures(service, () => clock.now() >= end);
    const { kind } = await clockWatch.look();
    gaugeFigures(emf, figures, { now: clock.now(), isHeld: kind === 'ahead' });
  } catch (error) {
    log.error('the figures were not collected', { error });
  }
}
