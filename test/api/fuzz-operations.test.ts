import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { sdl } from '../../src/generated/sdl.ts';
import { eventOf, type Told } from '../support/api.ts';
import { fuzzScene, isKnownCode, makeThings } from '../support/fuzz-scene.ts';
import { toldRandom } from '../support/fuzz-seed.ts';
import { RandomOperations } from '../support/random-operations.ts';

/**
 * How many operations are tried: VARVE_FUZZ_OPERATIONS, else 2,000 in `npm test` and 10,000 in
 * `npm run test:long`. About 2 ms of CPU each.
 */
const OPERATIONS = Number(
  process.env.VARVE_FUZZ_OPERATIONS ?? (process.env.VARVE_TEST_STORES === 'cloud' ? 10_000 : 2_000),
);

test(`${OPERATIONS} operations of any form: every error has a code, and none is a fault of the service`, async () => {
  const random = toldRandom();
  const { handle, account, faults } = await fuzzScene();
  const operations = new RandomOperations(buildSchema(sdl), { random, ids: await makeThings(account) });
  const answered: Record<string, number> = {};
  const wrong: string[] = [];
  for (let at = 0; at < OPERATIONS && wrong.length < 5; at++) {
    const operation = operations.next();
    const { statusCode, body } = await handle(eventOf(account.key, JSON.stringify(operation)));
    const codes: unknown[] = (JSON.parse(body).errors ?? []).map((error: Told) => error.extensions?.code);
    if (statusCode >= 500 || !codes.every(isKnownCode))
      wrong.push(`${statusCode} ${codes.join()} ${JSON.stringify(operation)}`);
    const [outcome = 'answered'] = codes.filter((code) => typeof code === 'string');
    answered[outcome] = (answered[outcome] ?? 0) + 1;
  }
  expect([...wrong, ...faults.slice(0, 5)]).toEqual([]);
  // Most of what is tried is understood, else nothing much is tried.
  expect((answered.GRAPHQL_VALIDATION_FAILED ?? 0) + (answered.GRAPHQL_PARSE_FAILED ?? 0)).toBeLessThan(OPERATIONS / 2);
  expect(answered.answered ?? 0).toBeGreaterThan(OPERATIONS / 20);
}, 600_000);
