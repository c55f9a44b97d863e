import { expect, test } from 'vitest';
import { BRIEF, Patience } from '../../src/client/flow/patience.ts';
import { createGraphql } from '../../src/client/service/graphql.ts';
import type { Http } from '../../src/client/service/http.ts';
import type { Operation } from '../../src/generated/operations.ts';

const OPERATION: Operation<object, object> = { text: '{ a }', shape: {} };
const THROTTLED = { code: 'Throttled', retryAfterMs: 1 };
const MAY_BE_DONE = { ...THROTTLED, mayBeDone: true };

/** Answers the first call with that error, and all others with data. */
function serviceThatSays(extensions: object) {
  let calls = 0;
  const http: Http = {
    patience: new Patience({ ...BRIEF, sleep: async () => undefined }),
    request: async () => {
      const told = calls++ === 0 ? { errors: [{ message: 'busy', extensions }] } : { data: { a: 1 } };
      return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(told)) };
    },
    close: () => undefined,
  };
  const graphql = createGraphql({ http, endpoint: { url: 'http://x', apiKey: 'k' } });
  return { graphql, calls: () => calls };
}

test.each([
  { name: 'turned away', error: THROTTLED, how: 'call', times: 2 },
  { name: 'turned away', error: THROTTLED, how: 'callOnce', times: 2 },
  { name: 'perhaps done', error: MAY_BE_DONE, how: 'call', times: 2 },
  { name: 'perhaps done', error: MAY_BE_DONE, how: 'callOnce', times: 1 },
] as const)('$how: an operation that was $name is sent $times times', async ({ error, how, times }) => {
  const { graphql, calls } = serviceThatSays(error);
  const call = graphql[how](OPERATION, {}, new AbortController().signal);
  if (times === 2) expect(await call).toEqual({ a: 1 });
  else await expect(call).rejects.toMatchObject({ code: 'Throttled' });
  expect(calls()).toBe(times);
});
