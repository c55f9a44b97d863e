import { expect, test, vi } from 'vitest';
import { keepLease } from '../../src/attach/open/lease-keeper.ts';
import { ClientError } from '../../src/client/errors.ts';
import { createLog } from '../../src/platform/log.ts';

const LEASE = { fence: 3, renewAfterMs: 1, flushRequest: 0 } as Awaited<
  ReturnType<Parameters<typeof keepLease>[0]['leases']['renew']>
>;

test('a service that is away is told of once, and once more when it is back', async () => {
  const lines: { level: string; message: string }[] = [];
  const end = new AbortController();
  let isAway = true;
  let tries = 0;
  let failure: unknown;
  const kept = keepLease({
    leases: {
      renew: async () => {
        tries += 1;
        if (isAway) throw new ClientError('Unreachable', 'nobody answers');
        return LEASE;
      },
    },
    diskId: 'd-1',
    lease: LEASE,
    commitAll: async () => undefined,
    onLost: () => undefined,
    onRenewal: (why) => {
      failure = why;
    },
    log: createLog({
      level: 'info',
      clock: { now: () => 0 },
      write: (line) => void lines.push(JSON.parse(line)),
    }),
    signal: end.signal,
  });
  const until = (count: number) => vi.waitUntil(() => tries >= count, { timeout: 20_000, interval: 1 });
  await until(5);
  expect(failure).toMatchObject({ message: 'nobody answers' });
  isAway = false;
  await until(tries + 5);
  expect(failure).toBeUndefined();
  isAway = true;
  await until(tries + 5);
  end.abort();
  await kept;
  expect(lines.map(({ level }) => level)).toEqual(['warn', 'info', 'warn']);
});
