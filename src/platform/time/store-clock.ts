import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The store's own clock, as its answers show it. */
export interface StoreClock {
  /** An answer of this host, with this `Date`, has come. */
  note(host: string, date: string | undefined): void;
  /** What it shows now; undefined where no other machine has answered yet. */
  now(): number | undefined;
}

/**
 * `elapsedMs` does not follow the clock: so an answer of an hour ago still says what it is now.
 * Answers of this very machine say nothing, as they come from the same clock.
 */
export function createStoreClock(elapsedMs: () => number): StoreClock {
  let last: { readonly at: number; readonly elapsed: number } | undefined;
  return {
    note: (host, date) => {
      const at = Date.parse(date ?? '');
      if (!Number.isNaN(at) && !isThisMachine(host)) last = { at, elapsed: elapsedMs() };
    },
    now: () => (last === undefined ? undefined : last.at + elapsedMs() - last.elapsed),
  };
}

function isThisMachine(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '');
  return name === 'localhost' || name.endsWith('.localhost') || name.startsWith('127.') || name === '::1';
}

/** Notes the `Date` of every answer that the client gets. */
export function noteAnswers({ middlewareStack }: Pick<DynamoDBClient, 'middlewareStack'>, clock: StoreClock): void {
  middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const { hostname = '' } = args.request as { readonly hostname?: string };
      const { headers } = (answer.response ?? {}) as { readonly headers?: { readonly date?: string } };
      clock.note(hostname, headers?.date);
      return answer;
    },
    { step: 'deserialize', name: 'noteDate' },
  );
}
