import {
  BalanceDocument,
  type BalanceQuery,
  MovementsDocument,
  type MovementsQuery,
  PackagesDocument,
  type PackagesQuery,
  PricesDocument,
  type PricesQuery,
  StatementDocument,
  type StatementFieldsFragment,
  StatementLinesDocument,
  type StatementLinesQuery,
} from '../../generated/operations.ts';
import type { Graphql } from './graphql.ts';
import { type Collected, collect, type ListRequest } from './pages.ts';

export type Price = PricesQuery['prices']['nodes'][number];
export type CapacityPackage = PackagesQuery['packages']['nodes'][number];
export type Balance = BalanceQuery['balance'];
export type Movement = MovementsQuery['movements']['nodes'][number];
export type Statement = StatementFieldsFragment;
export type StatementLine = StatementLinesQuery['statementLines']['nodes'][number];

type PageRequest = Omit<ListRequest<never>, 'filter'>;

interface LinesRequest extends PageRequest {
  readonly month: string;
  readonly currency?: string | undefined;
  /** Left out: a line for each chain and image. */
  readonly tagKey?: string | undefined;
}

/** Money as text: millionths of the currency's smallest unit. */
export interface MoneyClient {
  prices(request: PageRequest): Promise<Collected<Price>>;
  packages(request: PageRequest): Promise<Collected<CapacityPackage>>;
  /** Null if there is none. */
  balance(): Promise<Balance>;
  /** The latest first. */
  movements(request: Pick<PageRequest, 'limit'>): Promise<Collected<Movement>>;
  statement(month: string, currency?: string): Promise<Statement>;
  lines(request: LinesRequest): Promise<Collected<StatementLine>>;
}

export function createMoney(graphql: Graphql, signal: AbortSignal): MoneyClient {
  return {
    prices: ({ limit, region }) =>
      collect(
        limit,
        async (first, after) => (await graphql.call(PricesDocument, { region, first, after }, signal)).prices,
      ),
    packages: ({ limit, region }) =>
      collect(
        limit,
        async (first, after) => (await graphql.call(PackagesDocument, { region, first, after }, signal)).packages,
      ),
    balance: async () => (await graphql.call(BalanceDocument, {}, signal)).balance,
    movements: ({ limit }) =>
      collect(
        limit,
        async (first, after) => (await graphql.call(MovementsDocument, { first, after }, signal)).movements,
      ),
    statement: async (month, currency) =>
      (await graphql.call(StatementDocument, { month, currency }, signal)).statement,
    lines: ({ limit, ...of }) =>
      collect(
        limit,
        async (first, after) =>
          (await graphql.call(StatementLinesDocument, { ...of, first, after }, signal)).statementLines,
      ),
  };
}
