import type { Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import { parseWhole } from '../calls/numbers.ts';
import { shownProblem } from '../calls/problems.ts';
import { findExport } from '../model/exports/find.ts';
import type { ExportRow } from '../model/exports/rows.ts';
import type { Service } from '../service.ts';
import { cancelImageExport } from './cancel.ts';
import { exportImage } from './create.ts';
import { listExports } from './list.ts';
import { placeOf } from './places.ts';

const TTL_SECONDS = { min: 60, max: 3600 };

export function exportResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      imageExport: (_, { id }, { caller }) => findExport(service.catalogue, caller, id),
      imageExports: (_, args, { caller }) => listExports(service, caller, args),
    },
    Mutation: {
      exportImage: async (_, { input }, { caller }) => ({ export: await exportImage(service, caller, input) }),
      cancelImageExport: async (_, { input: { exportId } }, { caller }) => ({
        exportId,
        cancelled: await cancelImageExport(service, caller, exportId),
      }),
    },
    ImageExport: {
      bucket: ({ bucket }) => bucket ?? null,
      totalBytes: ({ fileBytes }) => fileBytes ?? null,
      finishedAt: ({ finishedAt }) => finishedAt ?? null,
      expiresAt: ({ expiresAt }) => expiresAt ?? null,
      problem: shownProblem,
      downloadUrl: (row, { ttlSeconds }) =>
        downloadUrl(service, row, parseWhole('ttlSeconds', ttlSeconds, TTL_SECONDS)),
    },
  };
}

/** It ends with the file at the latest. */
async function downloadUrl(service: Service, row: ExportRow, ttlSeconds: number): Promise<string | null> {
  const files = placeOf(service, row);
  if (row.status !== 'SUCCEEDED' || files === undefined) return null;
  const left =
    row.expiresAt === undefined ? Number.POSITIVE_INFINITY : (Date.parse(row.expiresAt) - service.clock.now()) / 1000;
  return left < 1 ? null : files.signGet(row.key, Math.floor(Math.min(ttlSeconds, left)));
}
