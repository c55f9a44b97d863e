import { cpus, release, totalmem } from 'node:os';
import { GIB } from '../sizes.ts';

/** What the figures belong to. */
export function describeMachine(): Record<string, string | number> {
  const [cpu] = cpus();
  return {
    cores: cpus().length,
    cpu: cpu?.model.trim() ?? 'unknown',
    memoryGib: Math.round(totalmem() / GIB),
    kernel: release(),
    node: process.version,
  };
}
