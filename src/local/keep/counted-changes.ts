import { orphanSearchEntity } from '../../engine/books/rows.ts';
import type { Catalogue, Write } from '../../platform/catalogue/port.ts';
import { samplingEntity } from '../../service/model/capacity/rows.ts';
import { clockEntity } from '../../service/model/clocks/rows.ts';
import { leaseCheckEntity, leaseEntity } from '../../service/model/leases/rows.ts';
import { rollingEntity } from '../../service/model/scrubs/rows.ts';

/** What the clock alone writes, also where nobody does anything. No copy is made for it. */
const BY_THE_CLOCK: ReadonlySet<string> = new Set(
  [clockEntity, rollingEntity, orphanSearchEntity, samplingEntity, leaseEntity, leaseCheckEntity].map(
    ({ name }) => name,
  ),
);

/** The same catalogue, and how many changes were made through it that are worth a copy. */
export function countedChanges(catalogue: Catalogue): {
  readonly catalogue: Catalogue;
  readonly changes: () => number;
} {
  let changes = 0;
  const count = (writes: readonly Write[]) => {
    if (writes.some(({ kind, entity }) => kind !== 'check' && !BY_THE_CLOCK.has(entity.name))) changes++;
  };
  return {
    changes: () => changes,
    catalogue: {
      ...catalogue,
      transact: (writes) => {
        count(writes);
        return catalogue.transact(writes);
      },
      tryWrite: (write) => {
        count([write]);
        return catalogue.tryWrite(write);
      },
    },
  };
}
