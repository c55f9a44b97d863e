import type { Figures } from '../figures.ts';
import type { Sizes } from '../sizes.ts';
import { judged } from './judge.ts';
import { seconds, short } from './numbers.ts';
import type { Row } from './rows.ts';

/** Policies that are due at the same hour. */
export function timerRows(figures: Figures, { timerDisks, timerPolicies }: Sizes): Row[] {
  const each = (value: number) => short(value);
  return [
    ...judged(`${timerPolicies} slots opened`, figures.of('timer open s'), { format: seconds }),
    ...judged(`${timerDisks} disks: until the last snapshot`, figures.of('timer taken s'), { format: seconds }),
    ...judged('  snapshots a second', figures.of('timer snapshots/s'), { format: each }),
    ...judged('  until the last manifest', figures.of('timer saved s'), { format: seconds }),
    ...judged('DynamoDB requests a snapshot, manifests included', figures.of('timer dynamo'), { format: each }),
    ...judged('  read units', figures.of('timer read units'), { format: each }),
    ...judged('  write units', figures.of('timer write units'), { format: each }),
    ...judged('S3 requests a snapshot', figures.of('timer s3'), { format: each }),
    ...judged('messages a snapshot', figures.of('timer messages'), { format: each }),
  ];
}
