import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { billCsv, billText } from '../../../src/cli/bill-text.ts';
import { lineText } from '../../../src/cli/console.ts';
import type { Line } from '../../../src/cli/text.ts';
import { createTimes } from '../../../src/cli/times.ts';
import type { Statement as ShownStatement, StatementLine } from '../../../src/client/service/money.ts';
import { put } from '../../../src/platform/catalogue/port.ts';
import { isoTime } from '../../../src/platform/clock.ts';
import { serviceCaller } from '../../../src/service/calls/caller.ts';
import { accountEntity } from '../../../src/service/model/accounts/rows.ts';
import { monthEnd, monthStart } from '../../../src/service/model/money/months.ts';
import { answerOperator } from '../../../src/service/money/operator.ts';
import { getStatement, listLines } from '../../../src/service/money/show.ts';
import { MEMORY_ACCOUNT, MEMORY_REGION } from '../../support/memory-service.ts';
import { createMetering, HOUR_MS, type Metering } from '../../support/metering.ts';

const GIB = 2 ** 30;
const MONTH = '2027-02';
const caller = { ...serviceCaller(MEMORY_ACCOUNT), regions: [MEMORY_REGION] };
const page = readFileSync(new URL('../../../docs/money.md', import.meta.url), 'utf8');

/** The example of docs/money.md. */
async function february(): Promise<Metering> {
  const metering = createMetering(monthStart(MONTH));
  const { service, harness } = metering;
  const operator = (event: object) => answerOperator(service, event);
  await service.catalogue.transact([
    put(accountEntity, { id: MEMORY_ACCOUNT, name: 'Example', createdAt: isoTime(monthStart(MONTH)) }),
  ]);
  const price = { region: MEMORY_REGION, currency: 'EUR' };
  await operator({ price: { ...price, from: '2027-01-01', perGibMonth: '8000000' } });
  await operator({ price: { ...price, from: '2027-02-22', perGibMonth: '6000000' } });
  const bought = { region: MEMORY_REGION, from: '2027-01-01' };
  harness.deps.ids.next = () => 'pk-a';
  await operator({ account: MEMORY_ACCOUNT, package: { ...bought, gib: 50, until: '2027-02-15' } });
  harness.deps.ids.next = () => 'pk-b';
  await operator({ account: MEMORY_ACCOUNT, package: { ...bought, gib: 80, until: '2028-01-01' } });
  const sample = async (hours: readonly [from: number, to: number], gib: number, own: readonly [number, number]) => {
    await metering.hold([
      { id: 'd-web', own: own[0], team: 'shop' },
      { id: 'd-db', own: own[1] },
    ]);
    for (let hour = hours[0]; hour < hours[1]; hour++) {
      const isOff = hour >= 100 && hour < 103;
      if (!isOff) await metering.sample(monthStart(MONTH) + hour * HOUR_MS, gib * GIB);
    }
  };
  await sample([0, 336], 100, [1, 2]);
  await sample([336, 672], 160, [1, 3]);
  harness.clock.at = monthEnd(MONTH) + HOUR_MS;
  return metering;
}

const shown = async ({ service }: Metering, month: string) =>
  (await getStatement(service, caller, { month })) as ShownStatement;
const linesOf = async ({ service }: Metering, month: string, tagKey?: string) => {
  const { nodes } = await listLines(service, caller, { month, tagKey, first: 100 });
  return [{ region: MEMORY_REGION, lines: nodes as unknown as StatementLine[] }];
};
/** As it is read on the day after it was closed. */
const times = createTimes({ timeZone: 'UTC', now: () => Date.parse('2027-03-02T01:30:00Z') });
const textOf = (line: Line) => lineText(line, { times, isColoured: false }).trimEnd();
const block = (lines: readonly Line[]) => `\`\`\`text\n${lines.map(textOf).join('\n')}\n\`\`\`\n`;

test('8.2: the example of docs/money.md is as it is reckoned, word for word', async () => {
  const metering = await february();
  const { service, harness } = metering;
  await answerOperator(service, { account: MEMORY_ACCOUNT, closeMonth: MONTH });
  const closed = await shown(metering, MONTH);
  expect(page).toContain(block(billText(closed, await linesOf(metering, MONTH), undefined)));
  expect(page).toContain(block(billCsv(closed, await linesOf(metering, MONTH, 'team'), 'team')));

  const change = { region: MEMORY_REGION, currency: 'EUR', from: '2027-02-22', perGibMonth: '5000000' };
  await answerOperator(service, { price: change });
  harness.clock.at = monthStart('2027-03') + 3 * HOUR_MS;
  const march = await shown(metering, '2027-03');
  expect(page).toContain(block(billText(march, [], undefined)));
});

test('8.2: the sums by hand in docs/money.md are right', () => {
  const sums = [...page.matchAll(/^- `([\d.×÷+ −()]+) = ([\d.−]+)`/gm)];
  expect(sums.length).toBeGreaterThan(8);
  for (const [, left = '', right = ''] of sums) {
    const terms = left.replaceAll('×', '*').replaceAll('÷', '/').replaceAll('−', '-');
    const value: unknown = new Function(`return ${terms}`)();
    expect(Number(value).toFixed((right.split('.')[1] ?? '').length), left).toBe(right.replace('−', '-'));
  }
});
