import { GraphQLError } from 'graphql';
import { VarveError } from '../../platform/errors.ts';
import { sizeText } from '../../platform/size-text.ts';

/** What one query may cost. A unit is about a microsecond of CPU. */
export interface BudgetLimits {
  /** Rows that are read and values that are answered. */
  readonly units: number;
  /** Keys and values of the answer. */
  readonly answerBytes: number;
}

/**
 * What a query has left while it is executed. Its estimate (`limits.ts`) supposes usual lengths;
 * here the real ones count. Once it is spent nothing more is read, and whatever is still asked is
 * null: the whole answer is then replaced by `over`.
 */
export interface Budget {
  /** Why the query is given up. */
  readonly over: VarveError | undefined;
  /** Without limits at first: what was done by a mutation must be answered. */
  limit(limits: BudgetLimits): void;
  spend(units: number): void;
  answer(bytes: number): void;
  /** What fields that cannot be null are given once it is spent: the same rejection each time. */
  giveUp(): Promise<never>;
}

const UNLIMITED: BudgetLimits = { units: Number.POSITIVE_INFINITY, answerBytes: Number.POSITIVE_INFINITY };

export function createBudget(): Budget {
  let { units, answerBytes } = UNLIMITED;
  const spent = { units: 0, bytes: 0 };
  let over: VarveError | undefined;
  let givenUp: Promise<never> | undefined;
  return {
    get over() {
      return over;
    },
    limit: (limits) => {
      ({ units, answerBytes } = limits);
    },
    spend: (more) => {
      spent.units += more;
      if (spent.units > units) over ??= tooCostly(units);
    },
    answer: (bytes) => {
      spent.bytes += bytes;
      if (spent.bytes > answerBytes) over ??= tooLarge(answerBytes);
    },
    giveUp: () => (givenUp ??= rejected(over)),
  };
}

/** With a path, so that the executor does not make an error of its own for each field. */
function rejected(over: VarveError | undefined): Promise<never> {
  const rejection = Promise.reject(new GraphQLError('given up', { originalError: over ?? null, path: [] }));
  rejection.catch(() => undefined);
  return rejection;
}

export function tooLarge(limit: number): VarveError {
  return new VarveError('AnswerTooLarge', `The answer has more than ${sizeText(limit)}: ask for fewer at once.`, {
    limit,
  });
}

function tooCostly(limit: number): VarveError {
  const message = 'The query reads or answers more than one request may: ask for fewer objects or fields at once.';
  return new VarveError('QueryTooComplex', message, { limit });
}
