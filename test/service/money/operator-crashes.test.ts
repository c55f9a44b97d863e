import { describe, expect, test } from 'vitest';
import { put } from '../../../src/platform/catalogue/port.ts';
import { isoTime } from '../../../src/platform/clock.ts';
import { accountEntity } from '../../../src/service/model/accounts/rows.ts';
import { balanceEntity, movementEntity, packageEntity, priceEntity } from '../../../src/service/model/money/rows.ts';
import { answerOperator, type OperatorEvent } from '../../../src/service/money/operator.ts';
import { createEngineHarness, type EngineHarness, forkHarness } from '../../support/engine-harness.ts';
import { FAULTS, injectFault } from '../../support/fault-injector.ts';
import { MEMORY_ACCOUNT, MEMORY_REGION, memoryService } from '../../support/memory-service.ts';

const OWES = { currency: 'EUR', amount: '500', token: 'one' };
const account = MEMORY_ACCOUNT;
const CASES: readonly (readonly [string, OperatorEvent])[] = [
  ['a credit', { account, credit: OWES }],
  ['a debit that begins arrears', { account, debit: OWES }],
  ['a threshold', { account, threshold: { currency: 'EUR', amount: '5' } }],
  ['a package', { account, package: { gib: 1, from: '2026-01-01', until: '2026-02-01', token: 'one' } }],
  ['a price', { price: { region: MEMORY_REGION, currency: 'EUR', from: '2026-01-01', perGibMonth: '1' } }],
];

async function scene(): Promise<EngineHarness> {
  const harness = createEngineHarness(3);
  const service = memoryService(harness.deps);
  const createdAt = isoTime(harness.clock.at);
  await service.catalogue.transact([put(accountEntity, { id: account, name: 'Account', createdAt })]);
  await answerOperator(service, { account, threshold: { currency: 'EUR', amount: '0' } });
  return harness;
}

/** Without ids and instants, which differ from run to run. */
const endState = ({ catalogue }: EngineHarness) => ({
  balances: catalogue.rows(balanceEntity),
  movements: catalogue.rows(movementEntity).map(({ place, kind, amount, balance }) => [place, kind, amount, balance]),
  packages: catalogue.rows(packageEntity).map(({ gib, from, until }) => [gib, from, until]),
  prices: catalogue.rows(priceEntity).map(({ currency, perGibMonth }) => [currency, perGibMonth]),
  inArrears: catalogue
    .rows(accountEntity)
    .map(({ arrearsSince, arrearsBy }) => [arrearsSince !== undefined, arrearsBy]),
});

describe('1.3, 8.2: whatever happens to a call, an operator who asks again has it done once', () => {
  test.each(CASES)('%s', async (_, event) => {
    const begin = await scene();
    const run = (harness: EngineHarness) => answerOperator(memoryService(harness.deps), event);
    const whole = forkHarness(begin, 1);
    const counted = injectFault(whole.deps);
    await counted.run((deps) => answerOperator(memoryService(deps), event));
    const expected = endState(whole);
    expect(expected).not.toEqual(endState(begin));
    for (const [at, call] of counted.calls.entries()) {
      for (const fault of FAULTS) {
        const harness = forkHarness(begin, 2 + at);
        const meanwhile = async () => void (await run(harness));
        const faulty = injectFault(harness.deps, { at, fault, meanwhile });
        await faulty.run((deps) => answerOperator(memoryService(deps), event));
        await run(harness);
        expect(endState(harness), `${fault} at ${call} (${at})`).toEqual(expected);
      }
    }
  });
});
