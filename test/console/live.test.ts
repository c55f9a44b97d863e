import { expect, test } from 'vitest';
import { LIVE_TIMES, Live } from '../../src/console/api/live.ts';

/** A loop whose clock and timers are moved by hand. */
function byHand() {
  const hand = { now: 0, hidden: false, timers: [] as { at: number; call: () => void }[] };
  const live = new Live({
    now: () => hand.now,
    random: () => 0.5, // no jitter
    isHidden: () => hand.hidden,
    setTimer: (ms, call) => {
      const timer = { at: hand.now + ms, call };
      hand.timers.push(timer);
      return () => hand.timers.splice(hand.timers.indexOf(timer), 1);
    },
  });
  const nextMs = () => (hand.timers[0] === undefined ? undefined : hand.timers[0].at - hand.now);
  const pass = async () => {
    const [timer] = hand.timers.splice(0, 1);
    if (timer === undefined) throw new Error('no timer is set');
    hand.now = timer.at;
    timer.call();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { live, hand, nextMs, pass };
}

function watched(live: Live, isUnsettled: boolean) {
  const told = { refreshed: 0, isUnsettled };
  live.watch({
    isUnsettled: () => told.isUnsettled,
    refresh: async () => {
      told.refreshed += 1;
    },
  });
  return told;
}

test('asks every half minute at rest, and not while the page is hidden', async () => {
  const { live, hand, nextMs, pass } = byHand();
  const page = watched(live, false);
  expect(nextMs()).toBe(LIVE_TIMES.restMs);
  await pass();
  expect(page.refreshed).toBe(1);
  hand.hidden = true;
  live.hurry();
  expect(nextMs()).toBeUndefined();
});

test('asks soon while something moves, then slower, and for that alone', async () => {
  const { live, nextMs, pass } = byHand();
  const moving = watched(live, true);
  const still = watched(live, false);
  const waits: (number | undefined)[] = [];
  for (let turn = 0; turn < 6; turn++) {
    waits.push(nextMs());
    await pass();
  }
  expect(waits).toEqual([2_000, 3_000, 4_500, 6_750, 10_125, 15_000]);
  expect(moving.refreshed).toBe(6);
  expect(still.refreshed).toBe(1);
});

test('obeys how long the service wants to be left alone', () => {
  const { live, nextMs } = byHand();
  watched(live, true);
  live.holdOff(9_000);
  expect(nextMs()).toBe(9_000);
});
