import { absent, equal, put, type Write } from '../../platform/catalogue/port.ts';
import { fenceStands, readFence } from '../books/fence.ts';
import { anyCountShard, countWrite } from '../books/object-rows.ts';
import { markOf, NO_TALLY, placeAmongDead, type Tally } from '../books/refs.ts';
import { type ObjectRow, objectEntity } from '../books/rows.ts';
import type { Domain, EngineDeps } from '../deps.ts';
import type { CountFault } from './recount.ts';

const ATTEMPTS = 3; // the domain's counter may have to be made first

/**
 * Sets what the catalogue says of an object right, as a recount found it: its count, its row, its
 * stored length. Holds only if the row still is as it was counted; false if it is not, or if
 * reclaim is at the object. An object without references is not deleted here: its grace time begins
 * now.
 */
export async function mend(deps: EngineDeps, domain: Domain, fault: CountFault): Promise<boolean> {
  const { row } = fault;
  const right = rightRow(deps, domain, fault);
  if (row?.tombstonedAt !== undefined) return false;
  const fence = await readFence(deps.catalogue, domain.domainId, 'scrub');
  const asCounted =
    row === undefined
      ? 'absent'
      : [equal('refs', row.refs), equal('storedBytes', row.storedBytes), absent('tombstonedAt')];
  const writes: Write[] = [put(objectEntity, right, asCounted), fenceStands(domain.domainId, fence)];
  const tally = difference(row, right, fault.isPage === true);
  if (Object.values(tally).every((value) => value === 0)) return (await deps.catalogue.transact(writes)).ok;
  const shard = anyCountShard(deps.random);
  let counterExists = true;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const outcome = await deps.catalogue.transact([countWrite(domain, shard, tally, counterExists), ...writes]);
    if (outcome.ok) return true;
    if (outcome.failed.length !== 1 || outcome.failed[0] !== 0) return false;
    counterExists = !counterExists;
  }
  return false;
}

function rightRow(deps: EngineDeps, { domainId }: Domain, { id, expected, row, storedBytes }: CountFault): ObjectRow {
  const orphan = row?.isOrphan === true ? { isOrphan: true } : {};
  const dead = expected === 0 ? { ...placeAmongDead(id, row?.zeroAt ?? deps.clock.now()), ...orphan } : {};
  return {
    domainId,
    id,
    refs: expected,
    storedBytes: storedBytes ?? row?.storedBytes ?? 0,
    ...dead,
    ...(row !== undefined && markOf(row)),
  };
}

function difference(before: ObjectRow | undefined, after: ObjectRow, isPage: boolean): Tally {
  const of = (row: ObjectRow | undefined): Tally => {
    if (row === undefined) return NO_TALLY;
    const { refs, storedBytes } = row;
    const dead = refs === 0 ? 1 : 0;
    const counted = isPage ? { pages: 1 - dead, blockRefs: 0 } : { pages: 0, blockRefs: refs };
    return { objects: 1, storedBytes, deadObjects: dead, deadBytes: dead * storedBytes, ...counted };
  };
  const [from, to] = [of(before), of(after)];
  const names = Object.keys(NO_TALLY) as (keyof Tally)[];
  return Object.fromEntries(names.map((name) => [name, to[name] - from[name]])) as unknown as Tally;
}
