import { expect, test } from 'vitest';
import { createGraphql, type Operation } from '../../src/client/service/graphql.ts';
import type { Http } from '../../src/client/service/http.ts';

const OPERATION: Operation<object, object> = { text: '{ a }', repeatable: true };
const THROTTLED = { code: 'Throttled', retryAfterMs: 1 };
const MAY_BE_DONE = { ...THROTTLED, mayBeDone: true };

/** Answers the first call with that error, and all others with data. */
function serviceThatSays(extensions: object) {
  let calls = 0;
  const http: Http = {
    request: async () => {
      const told = calls++ === 0 ? { errors: [{ message: 'busy', extensions }] } : { data: { a: 1 } };
      return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(told)) };
    },
    close: () => undefined,
  };
  const graphql = createGraphql({ http, endpoint: { url: 'http://x', apiKey: 'k' }, random: () => 0 });
  return { graphql, calls: () => calls };
}

test.each([
  ['turned away', THROTTLED, true, 2],
  ['turned away', THROTTLED, false, 2],
  ['perhaps done', MAY_BE_DONE, true, 2],
  ['perhaps done', MAY_BE_DONE, false, 1],
] as const)('a call that was %s (%o), repeatable: %s, is sent %i times', async (_, told, repeatable, times) => {
  const { graphql, calls } = serviceThatSays(told);
  const call = graphql.call({ ...OPERATION, repeatable }, {}, new AbortController().signal);
  if (times === 2) expect(await call).toEqual({ a: 1 });
  else await expect(call).rejects.toMatchObject({ code: 'Throttled' });
  expect(calls()).toBe(times);
});
