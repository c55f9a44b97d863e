import type { ForecastOption, PurposeAdvice } from '../../../generated/schema.ts';
import type { Plan } from './forecast.ts';
import { everyDays, isSparser } from './week.ts';

export interface Option {
  readonly option: ForecastOption;
  readonly plan: Plan;
}

const SPARSER = [
  ['EVERY_2_DAYS', 2],
  ['EVERY_3_DAYS', 3],
  ['EVERY_7_DAYS', 7],
] as const;

/**
 * What a policy could be instead: a run every 2, 3 and 7 days where that is sparser, and half the
 * retention. Then what is advised for the disk's purpose.
 */
export function optionsFor(policy: Plan | undefined, { everyDays: days, keepDays }: PurposeAdvice): Option[] {
  const advised: Option[] =
    days == null ? [] : [{ option: 'PURPOSE', plan: { ...everyDays(days, 0), retentionDays: keepDays } }];
  if (policy === undefined) return advised;
  const { retentionDays, hours } = policy;
  const sparser = SPARSER.map(([option, every]) => {
    return { option, plan: { ...everyDays(every, hours[0] as number), retentionDays } };
  }).filter(({ plan }) => isSparser(plan, policy));
  const shorter: Option[] =
    retentionDays === undefined || retentionDays < 2
      ? []
      : [{ option: 'HALF_RETENTION', plan: { ...policy, retentionDays: Math.ceil(retentionDays / 2) } }];
  return [{ option: 'CURRENT', plan: policy }, ...sparser, ...shorter, ...advised];
}
