import { UsageError } from './usage-error.ts';

/** Amounts are millionths of a currency's smallest unit. */
const FRACTION_DIGITS = 6;
const WHOLE = /^-?\d+$/;
const GIB = 2n ** 30n;
const GIB_MONTH_DIGITS = 6n;

const USUAL_DIGITS = 2;

/** Decimal places of a currency's smallest unit: 2 of EUR, 0 of JPY. */
function digitsOf(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return USUAL_DIGITS;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? USUAL_DIGITS;
}

/**
 * Exact: as many decimal places as it takes, and no fewer than the currency has. What is no whole
 * number is shown as it came.
 */
export function formatMoney(amount: string, currency: string): string {
  if (!WHOLE.test(amount)) return amount;
  const digits = digitsOf(currency);
  return decimal(BigInt(amount), digits + FRACTION_DIGITS, digits);
}

interface WrittenMoney {
  readonly currency: string;
  /** How the help names it. */
  readonly arg: 'AMOUNT' | 'PRICE';
  readonly command: string;
}

/** Money as people write it, such as 0.08, in millionths of the currency's smallest unit. */
export function parseMoney(text: string, { currency, arg, command }: WrittenMoney): string {
  const places = digitsOf(currency) + FRACTION_DIGITS;
  const [, whole = '', fraction = ''] = /^(\d{1,9})(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === '' || fraction.length > places) {
    throw new UsageError(
      `${arg} must be a number such as 0.08, with at most ${places} decimal places, not '${text}'.`,
      command,
    );
  }
  return String(BigInt(whole + fraction.padEnd(places, '0')));
}

/** Of a month with so many hours, rounded to six places. */
export function gibMonths(byteHours: string, hoursInMonth: number): string {
  if (!WHOLE.test(byteHours) || hoursInMonth < 1) return byteHours;
  const unit = GIB * BigInt(hoursInMonth);
  const scaled = BigInt(byteHours) * 10n ** GIB_MONTH_DIGITS;
  return decimal((2n * scaled + unit) / (2n * unit), Number(GIB_MONTH_DIGITS), 0);
}

function decimal(value: bigint, places: number, least: number): string {
  const sign = value < 0n ? '-' : '';
  const text = String(value < 0n ? -value : value).padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  let fraction = text.slice(text.length - places);
  while (fraction.length > least && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
