import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Catalogue, put } from '../../src/platform/catalogue/port.ts';
import { createLog } from '../../src/platform/log.ts';
import { API_LIMITS } from '../../src/service/api/api-limits.ts';
import type { BudgetLimits } from '../../src/service/api/budget.ts';
import { createHandler } from '../../src/service/api/handler.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import type { Service } from '../../src/service/service.ts';
import { aliases } from '../support/aliases.ts';
import { createTestApi, eventOf, type TestAccount, type TestApi } from '../support/api.ts';
import { createDisk } from '../support/operations.ts';

/** What a query really reads and answers is counted while it is executed. */

const DISKS = 200;
const DISKS_WITH = (fields: string) => `{ disks(first: ${DISKS}) { nodes { ${fields} } } }`;
const TAGS = Array.from({ length: 50 }, (_, at) => ({ key: `key ${at}`, value: `value ${at}` }));

let api: TestApi;
let account: TestAccount;
let diskId: string;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
  diskId = (await createDisk(account, { name: 'original' })).id;
  const disk = await api.catalogue.get(diskEntity, { accountId: account.id, id: diskId });
  if (disk === undefined) throw new Error('no disk');
  const rows = Array.from({ length: DISKS }, (_, at) => ({
    ...disk,
    id: `d-${String(at).padStart(20, '0')}`,
    tags: TAGS,
  }));
  for (let at = 0; at < DISKS; at += 100) {
    await api.catalogue.transact(rows.slice(at, at + 100).map((row) => put(diskEntity, row)));
  }
});
afterAll(() => api.close());

/** A handler with another budget, its log, and how many requests it made to the catalogue. */
function serve(budget: Partial<BudgetLimits>) {
  const lines: string[] = [];
  const reads = { lists: 0, rows: 0 };
  const list: Catalogue['list'] = async (entity, query) => {
    const page = await api.catalogue.list(entity, query);
    reads.lists++;
    reads.rows += page.rows.length;
    return page;
  };
  const service: Service = { ...api.service, catalogue: { ...api.catalogue, list } };
  const log = createLog({ level: 'info', clock: api.clock, write: (line) => lines.push(line) });
  const handle = createHandler(service, log, { ...API_LIMITS, budget: { ...API_LIMITS.budget, ...budget } });
  const ask = async (query: string, accept = 'application/json') => {
    const event = eventOf(account.key, JSON.stringify({ query }));
    const { statusCode, body } = await handle({ ...event, headers: { ...event.headers, accept } });
    return { status: statusCode, ...JSON.parse(body) };
  };
  return { ask, lines, reads };
}

describe('a query that spends its budget', () => {
  interface Case {
    readonly spent: string;
    readonly budget: Partial<BudgetLimits>;
    readonly query: string;
  }
  const inUnits: readonly Case[] = [
    { spent: 'on rows', budget: { units: 5000 }, query: DISKS_WITH('id') },
    {
      spent: 'on rows of several lists',
      budget: { units: 5000 },
      query: `{ ${aliases(20, 'disks(first: 10) { nodes { id } }')} }`,
    },
    { spent: 'on rows by key', budget: { units: 25_000 }, query: DISKS_WITH('root') },
    {
      spent: 'on filters',
      budget: { units: 10_000 },
      query: '{ disks(filter: { nameContains: "zzz" }) { nodes { id } } }',
    },
    { spent: 'on values', budget: { units: 50_000 }, query: DISKS_WITH(aliases(300, 'name')) },
    { spent: 'on values that may be null', budget: { units: 50_000 }, query: DISKS_WITH(aliases(300, 'expiresAt')) },
    { spent: 'on lists in rows', budget: { units: 30_000 }, query: DISKS_WITH('tags { key value }') },
  ];
  const inBytes: readonly Case[] = [
    { spent: 'on bytes', budget: { answerBytes: 100_000 }, query: DISKS_WITH(aliases(20, 'id')) },
    {
      spent: 'on bytes of keys',
      budget: { answerBytes: 20_000 },
      query: DISKS_WITH(`${'x'.repeat(100)}: expiresAt`),
    },
  ];

  test.each([
    ...inUnits.map((one) => ({ ...one, code: 'QueryTooComplex' })),
    ...inBytes.map((one) => ({ ...one, code: 'AnswerTooLarge' })),
  ])('$spent', async ({ budget, query, code }) => {
    const { ask, lines } = serve(budget);
    const answer = await ask(query);
    expect(answer.status).toBe(200);
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toEqual([
      { message: expect.any(String), extensions: { code, limit: expect.any(Number), requestId: expect.any(String) } },
    ]);
    expect((await ask(query, 'application/graphql-response+json')).status).toBe(400);
    expect(lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  test('reads no more than that', async () => {
    const { ask, reads } = serve({ units: 20_000 });
    await ask(`{ ${aliases(20, 'disks(first: 100) { nodes { id } }')} }`);
    expect(reads.rows).toBeLessThan(800);
  });
});

/** A rejection that nobody handles ends the process, and with it the requests of all others. */
test('a query that is given up leaves no rejection behind, wherever its budget is spent', async () => {
  const unhandled: unknown[] = [];
  const listener = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', listener);
  const query = `{ disks(first: 200) { nodes { version ${aliases(20, 'name')} root sizes { ownBytes } } } }`;
  for (let units = 8000; units < 26_000; units += 2000) await serve({ units }).ask(query);
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.off('unhandledRejection', listener);
  expect(unhandled).toEqual([]);
});

test('a query within its budget is answered whole', async () => {
  const { ask } = serve({ units: 60_000 });
  const { data, errors } = await ask('{ disks(first: 200) { nodes { id name tags { key value } } } }');
  expect(errors).toBeUndefined();
  expect(data.disks.nodes).toHaveLength(200);
});

test('an answer that is too large all the same is not sent: its quotes count twice, as they travel in JSON', async () => {
  const { ask } = serve({ answerBytes: 16_000 });
  const query =
    '{ disks(first: 150) { nodes { a: kind b: kind c: kind d: kind e: kind f: kind g: kind h: kind i: kind } } }';
  const { data, errors } = await ask(query);
  expect([data, errors[0].extensions.code]).toEqual([undefined, 'AnswerTooLarge']);
});

test('what a mutation did is answered, whatever it reads', async () => {
  const { ask } = serve({ units: 10 });
  const query = `mutation { updateDisk(input: { diskId: "${diskId}", name: "changed" }) { disk { name root } } }`;
  expect((await ask(query)).data.updateDisk.disk.name).toBe('changed');
});

test('requests at the same time have budgets of their own', async () => {
  const { ask } = serve({ units: 20_000 });
  const one = '{ disks(first: 50) { nodes { id } } }';
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(one)));
  expect(answers.every(({ data }) => data?.disks.nodes.length === 50)).toBe(true);
});
