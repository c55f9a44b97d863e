import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { sdl } from '../../src/generated/sdl.ts';
import { MAX_ANSWER_BYTES } from '../../src/service/api/api-limits.ts';
import { eventOf, type TestAccount, type Told } from '../support/api.ts';
import { fuzzScene, isKnownCode, makeThings } from '../support/fuzz-scene.ts';
import { toldRandom } from '../support/fuzz-seed.ts';
import { RandomShapes } from '../support/random-shapes.ts';

/**
 * How many queries are tried: VARVE_FUZZ_SHAPES, else 1,000 in `npm test` and 5,000 in
 * `npm run test:long`.
 */
const SHAPES = Number(process.env.VARVE_FUZZ_SHAPES ?? (process.env.VARVE_TEST_STORES === 'cloud' ? 5_000 : 1_000));
const DISKS = 100;
/** CPU of one query: five times what is measured for the costliest, for machines that are busy. */
const MOST_CPU_MS = 1_500;

/** Disks with all the tags that they may have, and snapshots of the first. */
async function fill(account: TestAccount): Promise<void> {
  const tags = Array.from({ length: 50 }, (_, at) => `{ key: "key ${at}", value: "value ${at}" }`).join(' ');
  for (let at = 0; at < DISKS; at++) {
    const input = `{ name: "disk ${at}", sizeBytes: 1048576, tags: [${tags}] }`;
    await account.call(`mutation { createDisk(input: ${input}) { disk { id } } }`);
  }
}

test(`${SHAPES} queries of any shape: answers and CPU are bounded, and no error is the service's`, async () => {
  const random = toldRandom();
  const { handle, account, faults } = await fuzzScene();
  const shapes = new RandomShapes(buildSchema(sdl), { random, ids: await makeThings(account) });
  await fill(account);
  const told: Record<string, number> = {};
  const wrong: string[] = [];
  for (let at = 0; at < SHAPES && wrong.length < 5; at++) {
    const { query, variables } = shapes.next();
    const before = process.cpuUsage();
    const { statusCode, body } = await handle(eventOf(account.key, JSON.stringify({ query, variables })));
    const { user, system } = process.cpuUsage(before);
    const cpuMs = (user + system) / 1000;
    const codes: unknown[] = (JSON.parse(body).errors ?? []).map((error: Told) => error.extensions?.code);
    const bytes = Buffer.byteLength(JSON.stringify(body));
    const isWell = statusCode < 500 && codes.every(isKnownCode) && bytes <= MAX_ANSWER_BYTES && cpuMs < MOST_CPU_MS;
    if (!isWell)
      wrong.push(`${statusCode} ${codes.join()} ${bytes} bytes ${cpuMs} ms ${query} ${JSON.stringify(variables)}`);
    const [outcome = 'answered'] = codes.filter((code) => typeof code === 'string');
    told[outcome] = (told[outcome] ?? 0) + 1;
  }
  expect([...wrong, ...faults.slice(0, 5)]).toEqual([]);
  expect(told.GRAPHQL_VALIDATION_FAILED ?? 0).toBe(0);
  expect(told.answered ?? 0, JSON.stringify(told)).toBeGreaterThan(SHAPES / 4);
  expect(told.QueryTooComplex ?? 0, JSON.stringify(told)).toBeGreaterThan(0);
}, 600_000);
