import { expect, test } from 'vitest';
import { networkOf } from '../../src/service/api/address.ts';
import { createTokenBuckets } from '../../src/service/calls/token-buckets.ts';

function clockAt(at: number) {
  const clock = { at, now: () => clock.at };
  return clock;
}

test('a burst, then as many as come back in time; the refusal says how long to wait', () => {
  const clock = clockAt(1_000_000);
  const buckets = createTokenBuckets(clock, { burst: 3, perSecond: 2 });
  expect([1, 2, 3].map(() => buckets.take('a'))).toEqual([0, 0, 0]);
  expect(buckets.take('a')).toBe(500);
  clock.at += 499;
  expect(buckets.take('a')).toBe(1);
  clock.at += 1;
  expect(buckets.take('a')).toBe(0);
  clock.at += 3_600_000;
  expect([1, 2, 3].map(() => buckets.take('a'))).toEqual([0, 0, 0]);
  expect(buckets.take('a')).toBe(500);
});

test('each key has its own; a token can be given back, but never more than there were', () => {
  const buckets = createTokenBuckets(clockAt(0), { burst: 1, perSecond: 1 });
  expect([buckets.take('a'), buckets.take('a'), buckets.take('b')]).toEqual([0, 1000, 0]);
  buckets.giveBack('a');
  buckets.giveBack('a');
  expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 1000]);
});

test('a clock that is set back neither gives nor takes', () => {
  const clock = clockAt(1_000_000);
  const buckets = createTokenBuckets(clock, { burst: 2, perSecond: 1 });
  buckets.take('a');
  clock.at = 0;
  expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 1000]);
  clock.at += 1000;
  expect(buckets.take('a')).toBe(0);
});

test('no more keys are remembered than may be; those that were used last stay', () => {
  const buckets = createTokenBuckets(clockAt(0), { burst: 1, perSecond: 1 }, 100);
  buckets.take('kept');
  for (let at = 0; at < 1000; at++) {
    buckets.take(`key ${at}`);
    expect(buckets.take('kept')).toBe(1000);
  }
  expect(buckets.take('key 0')).toBe(0); // forgotten
  expect(buckets.take('key 999')).toBe(1000);
});

test.each<[string | undefined, string]>([
  [undefined, ''],
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:0:1:aaaa:bbbb:cccc:dddd', '2001:db8:0:1::/64'],
  ['2001:DB8:0:1::7', '2001:db8:0:1::/64'],
  ['2001:0db8:0000:0001:0:0:0:9', '2001:db8:0:1::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
