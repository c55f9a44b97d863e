import type { SortDirection } from '../../generated/schema.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { type Connection, listPage, listThrough, type PageArgs, placeOf } from '../calls/page.ts';
import { type EventRow, eventEntity, eventOfSubjectEntity } from '../model/events/rows.ts';
import { type EventType, isEventType } from '../model/events/types.ts';
import type { Service } from '../service.ts';

interface EventList extends PageArgs {
  readonly types?: readonly string[] | null | undefined;
  readonly subject?: string | null | undefined;
  readonly direction: SortDirection;
}

const SORT = ['place'] as const;

/**
 * Rule 8.5. What is written in one transaction becomes visible row by row: a list may have the
 * second of two events while the first is not there yet. A follower would never see the first. So a
 * page ends before a gap in the places, or where gaps cannot be seen, before what is brand new.
 */
export function listEvents(
  { catalogue, clock }: Pick<Service, 'catalogue' | 'clock'>,
  caller: Caller,
  args: EventList,
): Promise<Connection<EventRow>> {
  const { accountId } = caller;
  const types = parseTypes('types', args.types);
  const now = clock.now();
  const matches = ({ type, region, forgetAt }: EventRow): boolean =>
    (types === undefined || types.includes(type)) && seesEvent(caller, region) && forgetAt * 1000 > now;
  const descending = args.direction === 'DESC';
  const order = { sort: SORT, descending, matches };
  if (args.subject == null) {
    const beyond = descending ? {} : { beyond: untilGap(args.after, now) };
    return listPage(catalogue, { entity: eventEntity, partition: { accountId }, ...order, ...beyond }, args);
  }
  const partition = { accountId, subjectId: requireSubject(args.subject) };
  const beyond = descending ? {} : { beyond: untilNew(now) };
  return listThrough(catalogue, { entity: eventOfSubjectEntity, partition, ...order, ...beyond }, args, (rows) =>
    catalogue.getMany(
      eventEntity,
      rows.map(({ place }) => ({ accountId, place })),
    ),
  );
}

/** Account-wide events are for credentials that see the whole account. */
function seesEvent({ regions }: Caller, region: string | undefined): boolean {
  return regions === undefined || (region !== undefined && regions.includes(region));
}

/** Of a list of types that a caller gives. */
export function parseTypes(field: string, types: readonly string[] | null | undefined): EventType[] | undefined {
  if (types == null) return undefined;
  return types.map((type) => {
    if (!isEventType(type)) throw invalid(field, `has no type ${type.slice(0, 64)}: docs/events.md lists all`);
    return type;
  });
}

const MOST_ID_CHARS = 128;

function requireSubject(id: string): string {
  if (id.length === 0 || id.length > MOST_ID_CHARS || !id.isWellFormed()) throw invalid('subject', 'is not an id');
  return id;
}

/** No transaction becomes visible so slowly. An older gap is one of events that have expired. */
const GAPS_CLOSE_MS = 60_000;

function untilGap(
  after: string | null | undefined,
  now: number,
): (row: Pick<EventRow, 'place' | 'placedAt'>) => boolean {
  const { place: from } = after == null ? {} : placeOf(SORT, after);
  let last = Number(from ?? 0);
  return ({ place, placedAt }) => {
    const isGap = Number(place) !== last + 1 && Number(place) !== last;
    if (isGap && Math.abs(now - Date.parse(placedAt)) < GAPS_CLOSE_MS) return true;
    last = Number(place);
    return false;
  };
}

const BRAND_NEW_MS = 2_000;

function untilNew(now: number): (row: { readonly placedAt: string }) => boolean {
  const settled = isoTime(now - BRAND_NEW_MS);
  return ({ placedAt }) => placedAt > settled && Date.parse(placedAt) - now < GAPS_CLOSE_MS;
}
