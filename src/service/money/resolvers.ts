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
      packages: async (_, args, { caller }) => {
        const page = await listPackages(service, caller, args);
        const shown = page.edges.map(({ cursor, node }) => ({ cursor, node: { ...node, note: node.note ?? null } }));
        return { ...page, edges: shown, nodes: shown.map(({ node }) => node) };
      },
      balance: (_, _args, { caller }) => getBalance(service, caller),
      movements: async (_, args, { caller }) => {
        const page = await listMovements(service, caller, args);
        const shown = page.edges.map(({ cursor, node }) => ({
          cursor,
          node: { ...node, number: Number(node.place), note: node.note ?? null, month: node.month ?? null },
        }));
        return { ...page, edges: shown, nodes: shown.map(({ node }) => node) };
      },
      statement: (_, args, { caller }) => getStatement(service, caller, args),
      statements: (_, args, { caller }) => listStatements(service, caller, args),
      statementLines: (_, args, { caller }) => listLines(service, caller, args),
    },
  };
}
