import type { Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import type { Service } from '../service.ts';
import { getBalance, listMovements } from './balance.ts';
import { listPackages } from './packages.ts';
import { listPrices } from './prices.ts';
import { getStatement, listLines, listStatements } from './show.ts';

export function moneyResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      prices: (_, args, { caller }) => listPrices(service, caller, args),
      packages: (_, args, { caller }) => listPackages(service, caller, args),
      balance: (_, _args, { caller }) => getBalance(service, caller),
      movements: (_, args, { caller }) => listMovements(service, caller, args),
      statement: (_, args, { caller }) => getStatement(service, caller, args),
      statements: (_, args, { caller }) => listStatements(service, caller, args),
      statementLines: (_, args, { caller }) => listLines(service, caller, args),
    },
    Movement: { number: ({ place }) => Number(place) },
  };
}
