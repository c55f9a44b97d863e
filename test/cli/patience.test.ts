import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { type CliHarness, createCliHarness, sameContents } from './harness.ts';

vi.setConfig({ testTimeout: 120_000 });

/** The way to the service, which can be closed: nothing listens there then. */
async function startGate(target: URL) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const onward = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    open: () => listen(port),
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
  };
}

let cli: CliHarness;
let gate: Awaited<ReturnType<typeof startGate>>;
let environment: Record<string, string>;
beforeAll(async () => {
  cli = await createCliHarness();
  gate = await startGate(new URL(cli.environment.VARVE_ENDPOINT as string));
  environment = { VARVE_ENDPOINT: gate.url };
});
afterAll(async () => {
  gate.close();
  await cli.close();
});

describe('a service that is killed', () => {
  it('and comes back is waited for by an import, which says so once', async () => {
    const image = randomBytes(20 * BLOCK_BYTES);
    await writeFile(cli.path('image.img'), image);
    const size = ['--size', String(image.length)];
    const importing = cli.start(['disk', 'import', '-', '--name', 'web', ...size], { input: 'open', environment });
    const { stdin, stderr } = importing.process;
    const said = (what: string) =>
      new Promise<void>((resolve) => stderr?.on('data', (part) => String(part).includes(what) && resolve()));
    const begun = said('Importing to disk');
    const waiting = said('Trying for another');
    stdin?.write(image.subarray(0, BLOCK_BYTES));
    await begun;
    gate.close();
    stdin?.end(image.subarray(BLOCK_BYTES));
    await waiting;
    await gate.open();
    const outcome = await importing.outcome;
    expect(outcome.code, outcome.stderr).toBe(0);
    expect(outcome.stderr.match(/Cannot reach http:\S+: .*\. Trying for another 5 min\.\n/g)).toHaveLength(1);
    await cli.json('disk', 'export', 'web', cli.path('web.out'));
    expect(await sameContents(cli.path('image.img'), cli.path('web.out'))).toBe(true);
  });

  it.each([
    { patience: ['--patience', '2s'], says: /^varve: Cannot reach .* It was tried for 2 s\.\nvarve status /m },
    { patience: ['--patience', '0'], says: /^varve: Cannot reach [^\n]*ECONNREFUSED[^\n]*\nvarve status / },
    { patience: [], variable: '0', says: /^varve: Cannot reach [^\n]*ECONNREFUSED[^\n]*\nvarve status / },
  ])('and stays away ends a command after $patience $variable', async ({ patience, variable = '', says }) => {
    gate.close();
    const { code, stderr } = await cli.run(['status', ...patience], {
      environment: { ...environment, VARVE_PATIENCE: variable },
    });
    await gate.open();
    expect(code).toBe(6);
    expect(stderr).toMatch(says);
  });
});
