import { invalid } from '../../platform/errors.ts';
import { type AccountEvent, answerOperator as answerOfAccounts } from '../accounts/operator.ts';
import { operatorAct } from '../audit/operator-act.ts';
import type { RegionStatement } from '../model/money/statement.ts';
import type { Service } from '../service.ts';
import { moveBalance, setThreshold } from './balance.ts';
import { closeMonth, type SaidClosing } from './close.ts';
import { addPackage, type SaidPackage } from './packages.ts';
import { type SaidPrice, setPrice } from './prices.ts';

/**
 * `{"price": {"currency": "EUR", "from": "2027-01-01", "perGibMonth": "8000000"}}`,
 * `{"account": "team-a", "package": {"gib": 500, "from": "2027-01-01", "until": "2028-01-01"}}`,
 * `{"account": "team-a", "closeMonth": "2027-01", "currency": "EUR"}`,
 * `{"account": "team-a", "credit": {"currency": "EUR", "amount": "500000000"}}`, `debit` likewise,
 * `{"account": "team-a", "threshold": {"currency": "EUR", "amount": "0"}}` or `null`, or what is
 * said of an account itself.
 */
export interface OperatorEvent extends AccountEvent {
  readonly price?: unknown;
  readonly package?: unknown;
  readonly closeMonth?: unknown;
  readonly currency?: unknown;
  readonly credit?: unknown;
  readonly debit?: unknown;
  readonly threshold?: unknown;
}

/** What the operator of an installation asks for: never reached by the API. Recorded (8.6). */
export function answerOperator(service: Service, event: OperatorEvent): Promise<object> {
  return service.audit.run(operatorAct(event.account, actionOf(event)), () => answer(service, event));
}

const ACTIONS = ['price', 'package', 'closeMonth', 'credit', 'debit', 'threshold', 'inArrears'] as const;

function actionOf(event: OperatorEvent): string {
  return ACTIONS.find((name) => event[name] !== undefined) ?? 'account';
}

async function answer(service: Service, event: OperatorEvent): Promise<object> {
  const { account, price, package: bought, closeMonth: month, credit, debit, threshold, inArrears } = event;
  const all = { price, package: bought, closeMonth: month, credit, debit, threshold, inArrears };
  const said = Object.entries(all).filter(([, value]) => value !== undefined);
  const [first, second] = said;
  if (second !== undefined) throw invalid(second[0], `does not go together with ${first?.[0]}`);
  if (price !== undefined) return setPrice(service, parseObject('price', price) as SaidPrice);
  if (bought !== undefined)
    return addPackage(service, { ...event, package: parseObject('package', bought) as SaidPackage });
  if (credit !== undefined)
    return moveBalance(service, { account, kind: 'credit', said: parseObject('credit', credit) });
  if (debit !== undefined) return moveBalance(service, { account, kind: 'debit', said: parseObject('debit', debit) });
  if (threshold !== undefined)
    return setThreshold(service, { account, said: threshold === null ? null : parseObject('threshold', threshold) });
  if (month === undefined) return answerOfAccounts(service, event);
  const statement = await closeMonth(service, event as SaidClosing);
  return { accountId: event.account, ...statement, regions: statement.regions.map(withoutParts) };
}

/** What may be long is asked for page by page. */
const withoutParts = ({ parts: _, course: _course, ...region }: RegionStatement) => region;

function parseObject(field: string, value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw invalid(field, 'must be an object');
}
