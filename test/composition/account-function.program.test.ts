import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json, text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handler } from '../../functions/account.ts';
import { createTestBucket, createTestTable } from '../support/engines.ts';
import { setFunctionEnvironment } from '../support/function-environment.ts';
import { cliBuilt, LAUNCHER } from '../support/launcher.ts';

const DAY_MS = 86_400_000;
const LONG_AGO = new Date(Date.now() - 365 * DAY_MS).toISOString();
const TODAY = new Date(Date.now() - DAY_MS / 2).toISOString();

let lambda: Server;
beforeAll(async () => {
  await cliBuilt();
  const { tableName } = await createTestTable();
  await setFunctionEnvironment(tableName, await createTestBucket());
  // Lambda's own API, for the one function.
  lambda = createServer((request, response) => void answer(request, response));
  lambda.listen(0, '127.0.0.1');
  await once(lambda, 'listening');
});
afterAll(() => lambda.close());

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const told = await handler((await json(request)) as object).catch((error: Error) => {
    response.setHeader('x-amz-function-error', 'Unhandled');
    return { errorType: 'Error', errorMessage: error.message };
  });
  response.end(JSON.stringify(told));
}

/** What the CLI prints, or the error that it reports. */
async function varve(...words: string[]) {
  const { port } = lambda.address() as AddressInfo;
  const args = [LAUNCHER, ...words, '--function', 'varve-test-account', '--json', '--quiet'];
  const env = { ...process.env, AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${port}` };
  const child = spawn(process.execPath, args, { env });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return stdout === '' ? JSON.parse(stderr).error : JSON.parse(stdout);
}

describe('1.3: arrears by the operator', () => {
  test('the function takes what is long ago only with yesDeleteNow', async () => {
    await handler({ account: 'team-a' });
    const mark = { account: 'team-a', inArrears: true, since: LONG_AGO };
    await expect(handler(mark)).rejects.toThrow(/^InvalidParameter: since: .*24 hours.*yesDeleteNow/);
    await expect(handler({ ...mark, yesDeleteNow: 'yes' })).rejects.toThrow(/^InvalidParameter: yesDeleteNow: /);
    const marked = { accountId: 'team-a', arrearsSince: LONG_AGO };
    expect(await handler({ ...mark, yesDeleteNow: true })).toEqual(marked);
  });

  test('the function settles, and with since only what began then', async () => {
    await handler({ account: 'team-b' });
    await handler({ account: 'team-b', inArrears: true, since: TODAY });
    const paid = { account: 'team-b', inArrears: false };
    await expect(handler({ ...paid, since: LONG_AGO })).rejects.toThrow(/^InvalidParameter: since: must be /);
    expect(await handler({ ...paid, since: TODAY })).toEqual({ accountId: 'team-b', arrearsSince: null });
    expect(await handler(paid)).toEqual({ accountId: 'team-b', arrearsSince: null });
  });

  test('the command refuses what is long ago, and names the option that takes it', async () => {
    await handler({ account: 'team-c' });
    const arrears = (...words: string[]) => varve('account', 'arrears', 'team-c', ...words);
    const refused = { code: 'InvalidParameter', message: expect.stringContaining('--yes-delete-now') };
    expect(await arrears('--since', LONG_AGO)).toMatchObject(refused);
    expect(await arrears('--yes-delete-now')).toMatchObject({ code: 'Usage' });
    expect(await arrears('--since', TODAY)).toEqual({ accountId: 'team-c', arrearsSince: TODAY });
    expect(await arrears('--paid')).toEqual({ accountId: 'team-c', arrearsSince: null });
    const meant = await arrears('--since', LONG_AGO, '--yes-delete-now');
    expect(meant).toEqual({ accountId: 'team-c', arrearsSince: LONG_AGO });
  });
});
