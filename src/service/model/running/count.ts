import { entity, number, string } from '../../../platform/catalogue/entity.ts';
import { type Catalogue, patch, put, type Write } from '../../../platform/catalogue/port.ts';
import { VarveError } from '../../../platform/errors.ts';

/** How much work of one kind is RUNNING for an account in a region. */
export const runningCount = (name: string) =>
  entity({
    name,
    attributes: { accountId: string(), region: string(), running: number() },
    primary: { partition: ['accountId', 'region'], sort: [] },
  });
type RunningCount = ReturnType<typeof runningCount>;

/** Of an account in a region: so that one account does not take all workers. */
interface MostRunning {
  /** As people read it, at the beginning of a sentence. */
  readonly what: string;
  readonly quota: string;
  readonly limit: number;
}

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** Throws `QuotaExceeded`. */
export async function oneMore(
  catalogue: Catalogue,
  count: RunningCount,
  { accountId, region }: Place,
  { what, quota, limit }: MostRunning,
): Promise<Write> {
  const key = { accountId, region };
  const used = (await catalogue.get(count, key))?.running;
  if (used === undefined) return put(count, { ...key, running: 1 });
  if (used >= limit) {
    const message = `${what} under way in region ${region}: ${used} of ${limit}.`;
    throw new VarveError('QuotaExceeded', message, { quota, limit, used });
  }
  return patch(count, key, { add: { running: 1 }, when: [{ attribute: 'running', is: '<', value: limit }] });
}

export function oneLess(count: RunningCount, { accountId, region }: Place): Write {
  return patch(count, { accountId, region }, { add: { running: -1 } });
}
