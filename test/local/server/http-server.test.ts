import { expect, test } from 'vitest';
import { Patience } from '../../../src/client/flow/patience.ts';
import { createAccount } from '../../../src/client/service/account.ts';
import { createGraphql } from '../../../src/client/service/graphql.ts';
import { createHttp } from '../../../src/client/service/http.ts';
import { startHttpServer } from '../../../src/local/server/http-server.ts';
import { SILENT_LOG } from '../../support/silent-log.ts';

test('a client that comes while the server starts waits for it', async () => {
  const server = await startHttpServer({ kind: 'loopback', port: 0 }, SILENT_LOG);
  const http = createHttp(1, { patience: new Patience({ ms: 30_000 }) });
  const graphql = createGraphql({ http, endpoint: { url: `${server.origin}/graphql`, apiKey: 'key' } });
  const asked = createAccount(graphql, new AbortController().signal).status();
  await new Promise((resolve) => setTimeout(resolve, 300));
  server.serve({
    graphql: async (_, response) => {
      response.end(JSON.stringify({ errors: [{ message: 'no', extensions: { code: 'Forbidden' } }] }));
    },
  });
  await expect(asked).rejects.toMatchObject({ code: 'Forbidden' });
  http.close();
  await server.stop(0);
});
