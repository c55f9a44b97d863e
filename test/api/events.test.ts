import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { markInArrears, settleByOperator } from '../../src/service/accounts/arrears.ts';
import { INSTALLATION, recordEvent } from '../../src/service/model/events/record.ts';
import { type EventRow, eventEntity } from '../../src/service/model/events/rows.ts';
import { createTestApi, OTHER_REGION, REGION, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { eventsOf, placeAll } from '../support/events.ts';
import { createDisk, createSnapshot, releaseDisk, setQuota } from '../support/operations.ts';

const EVENTS = `query ($types: [String!], $subject: ID, $direction: SortDirection, $first: Int, $after: String) {
  events(types: $types, subject: $subject, direction: $direction, first: $first, after: $after) {
    nodes { id type at region subject { kind id } data }
    pageInfo { hasNextPage endCursor }
  }
}`;
const DAY_MS = 86_400_000;

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  account = await api.createAccount();
});

const typesOf = (rows: readonly { readonly type: string }[]) => rows.map(({ type }) => type);

/** Some events about a thing that there is not. */
async function record(count: number, more: { region?: string; id?: string } = {}): Promise<void> {
  const { region = REGION, id = 's-1' } = more;
  for (let at = 0; at < count; at++) {
    const data = { diskId: 'd-1', name: `number ${at}`, kind: 'MANUAL', consistency: null, policyId: null };
    const event = {
      accountId: account.id,
      region,
      type: 'snapshot.accomplished',
      subject: { kind: 'snapshot', id },
      data,
    } as const;
    await api.catalogue.transact([recordEvent(api.service, event)]);
    api.clock.advance(1); // what is written in one millisecond has any order
  }
  await placeAll(api.service);
}

const namesOf = (nodes: readonly { readonly data: string }[]) =>
  nodes.map(({ data }) => (JSON.parse(data) as { name: string }).name);

describe('8.5: what is told', () => {
  test('8.5: a snapshot is told in the transaction that makes it', async () => {
    const disk = await createDisk(account);
    const snapshot = await createSnapshot(account, disk.id);
    await placeAll(api.service);
    const { events } = await account.call(EVENTS, {});
    expect(events.nodes).toEqual([
      expect.objectContaining({
        type: 'snapshot.accomplished',
        region: REGION,
        subject: { kind: 'snapshot', id: snapshot.id },
      }),
    ]);
    expect(JSON.parse(events.nodes[0].data)).toMatchObject({ diskId: disk.id, kind: 'MANUAL' });
  });

  test('8.5: arrears are told once when they begin and once when they end', async () => {
    for (let times = 0; times < 2; times++) await markInArrears(api.service, { account: account.id });
    for (let times = 0; times < 2; times++) await settleByOperator(api.service, { account: account.id });
    expect(typesOf(await eventsOf(api.service, account))).toEqual(['arrears.began', 'arrears.ended']);
  });

  test('8.5: a quota is told at 80 % and when it is full, and not at each more', async () => {
    await setQuota(account, 'DISKS', 5);
    const disks: Told[] = [];
    for (let at = 0; at < 5; at++) disks.push(await createDisk(account));
    for (let at = 0; at < 2; at++) {
      await releaseDisk(account, disks.pop()?.id ?? '');
      disks.push(await createDisk(account)); // full again
    }
    const told = (await eventsOf(api.service, account)).map(({ type, data: { used } }) => `${type} ${used}`);
    expect(told).toEqual(['quota.nearly_full 4', 'quota.full 5']);
  });

  test('8.5: a quota is told again once less than 80 % of it were used', async () => {
    await setQuota(account, 'MANUAL_SNAPSHOTS_PER_DISK', 2);
    const disk = await createDisk(account);
    const fill = async () => [await createSnapshot(account, disk.id), await createSnapshot(account, disk.id)];
    const remove = 'mutation ($ids: [ID!]!) { deleteSnapshots(input: { snapshotIds: $ids }) { results { deleted } } }';
    const made = await fill();
    await account.call(remove, { ids: made.map(({ id }) => id) });
    await fill();
    const full = (await eventsOf(api.service, account)).filter(({ type }) => type === 'quota.full');
    expect(full.map(({ data }) => data)).toEqual([
      { quota: 'MANUAL_SNAPSHOTS_PER_DISK', limit: 2, used: 2, diskId: disk.id },
      { quota: 'MANUAL_SNAPSHOTS_PER_DISK', limit: 2, used: 2, diskId: disk.id },
    ]);
  });
});

describe('8.5: the list', () => {
  test('8.5: pages lead through all events in one order, from either end', async () => {
    await record(7);
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const { events } = await account.call(EVENTS, { first: 3, after });
      seen.push(...namesOf(events.nodes));
      after = events.pageInfo.endCursor;
      if (!events.pageInfo.hasNextPage) break;
    }
    const { events } = await account.call(EVENTS, { direction: 'DESC', first: 2 });
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6].map((at) => `number ${at}`));
    expect(namesOf(events.nodes)).toEqual(['number 6', 'number 5']);
  });

  test('8.5: an event that is committed late comes after those that were seen', async () => {
    const late = recordEvent(api.service, {
      accountId: account.id,
      type: 'arrears.ended',
      subject: { kind: 'account', id: account.id },
      data: { since: new Date(api.clock.now()).toISOString() },
    });
    await record(2);
    const { events: first } = await account.call(EVENTS, {});
    await api.catalogue.transact([late]);
    await placeAll(api.service);
    const { events: next } = await account.call(EVENTS, { after: first.pageInfo.endCursor });
    expect(typesOf(next.nodes)).toEqual(['arrears.ended']);
  });

  test('8.5: what becomes visible row by row is not shown before what comes before it', async () => {
    await record(4);
    const rows = await eventsOf(api.service, account);
    const without = { ...api.service, catalogue: withoutRow(rows[1]) };
    const { listEvents } = await import('../../src/service/events/list.ts');
    const caller = { accountId: account.id, apiKeyId: '', role: 'VIEWER' } as const;
    const page = await listEvents(without, caller, { direction: 'ASC', first: 10 });
    const later = await listEvents(without, caller, { direction: 'ASC', first: 10, after: page.pageInfo.endCursor });
    expect(page.nodes.map(({ data: { name } }) => name)).toEqual(['number 0']);
    expect(later.nodes).toEqual([]);
  });

  test('8.5: a filter by type or subject leaves the order as it is', async () => {
    await record(2, { id: 's-1' });
    await record(2, { id: 's-2' });
    api.clock.advance(3_000);
    const { events: ofOne } = await account.call(EVENTS, { subject: 's-2', first: 1 });
    const { events: rest } = await account.call(EVENTS, { subject: 's-2', after: ofOne.pageInfo.endCursor });
    const { events: none } = await account.call(EVENTS, { types: ['breach.began'] });
    expect([...namesOf(ofOne.nodes), ...namesOf(rest.nodes)]).toEqual(['number 0', 'number 1']);
    expect(none.nodes).toEqual([]);
    expect(none.pageInfo.endCursor).not.toBeNull();
  });

  test('8.5: events are kept for 90 days', async () => {
    await record(1);
    const { events: before } = await account.call(EVENTS, {});
    api.clock.advance(91 * DAY_MS);
    const { events: after } = await account.call(EVENTS, {});
    expect([before.nodes.length, after.nodes.length]).toEqual([1, 0]);
  });

  test('8.5: a credential that is limited to regions sees only their events', async () => {
    await record(1, { region: OTHER_REGION });
    await markInArrears(api.service, { account: account.id });
    await placeAll(api.service);
    const key = await account.createKey('VIEWER', [OTHER_REGION]);
    const { events } = await account.call(EVENTS, {}, key);
    expect(typesOf(events.nodes)).toEqual(['snapshot.accomplished']);
  });

  test('8.5: another account sees nothing', async () => {
    await record(1);
    const other = await api.createAccount();
    const { events } = await other.call(EVENTS, {});
    expect(events.nodes).toEqual([]);
  });

  test.each([
    [{ types: ['snapshot.exploded'] }, 'types'],
    [{ subject: '' }, 'subject'],
    [{ after: 'nonsense' }, 'after'],
    [{ first: 0 }, 'first'],
  ])('8.5: bad input %j is refused by the name of its field', async (input, field) => {
    const { extensions } = await account.refusal(EVENTS, input);
    expect(extensions).toMatchObject({ code: 'InvalidParameter', field });
  });
});

/** As a store in the middle of making a transaction visible. */
function withoutRow(hidden: EventRow | undefined): TestApi['catalogue'] {
  return {
    ...api.catalogue,
    list: async (entity, query) => {
      const page = await api.catalogue.list(entity, query);
      const isHidden = (row: object) => 'place' in row && row.place === hidden?.place;
      return { ...page, rows: page.rows.filter((row) => entity.name !== eventEntity.name || !isHidden(row)) };
    },
  };
}

test('8.5: what concerns the whole installation is in the list of no account', async () => {
  const event = { type: 'clock.hold.began', subject: { kind: 'installation', id: 'clock' }, data: {} } as const;
  await api.catalogue.transact([recordEvent(api.service, { ...event, accountId: INSTALLATION })]);
  const { events } = await account.call(EVENTS, {});
  expect(typesOf(await eventsOf(api.service, { id: INSTALLATION }))).toContain('clock.hold.began');
  expect(events.nodes).toEqual([]);
});
