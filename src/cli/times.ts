/** An instant of the service to the minute, in UTC: `2027-01-31 04:05`. */
export const minuteOf = (instant: string): string => instant.slice(0, 16).replace('T', ' ');

/** The same on the clocks of an IANA time zone. */
export function minuteIn(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  } as const).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}
