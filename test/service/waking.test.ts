import { expect, test } from 'vitest';
import { wakingCatalogue } from '../../src/service/events/waking.ts';
import { recordEvent } from '../../src/service/model/events/record.ts';
import { createEngineHarness } from '../support/engine-harness.ts';

test('8.5: a worker is woken once for the events of half a second, and again for those after it', async () => {
  const { deps, clock } = createEngineHarness(1);
  const sent: number[] = [];
  const queue = { send: async (messages: readonly object[]) => void sent.push(messages.length) };
  const catalogue = wakingCatalogue(deps.catalogue, queue, deps.clock);
  const event = { accountId: 'acc', type: 'arrears.began', subject: { kind: 'account', id: 'acc' }, data: {} } as const;
  for (const passed of [0, 100, 399, 1]) {
    clock.at += passed;
    await catalogue.transact([recordEvent(deps, event)]);
  }
  await catalogue.transact([]);
  expect(sent).toEqual([1, 1]);
});
