import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import type { Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import { shownProblem } from '../calls/problems.ts';
import { findImport } from '../model/imports/find.ts';
import type { ImportRow } from '../model/imports/rows.ts';
import type { Service } from '../service.ts';
import { cancelImageImport } from './cancel.ts';
import { importImage } from './create.ts';
import { listImports } from './list.ts';

/** An image appears only when it is whole. */
const ifMade = ({ status }: ImportRow, id: string): string | null => (status === 'SUCCEEDED' ? id : null);

export function importResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      imageImport: (_, { id }, { caller }) => findImport(service.catalogue, caller, id),
      imageImports: (_, args, { caller }) => listImports(service, caller, args),
    },
    Mutation: {
      importImage: async (_, { input }, { caller }) => ({ import: await importImage(service, caller, input) }),
      cancelImageImport: async (_, { input: { importId } }, { caller }) => ({
        importId,
        cancelled: await cancelImageImport(service, caller, importId),
      }),
    },
    ImageImport: {
      bucket: ({ bucket }) => bucket ?? null,
      format: ({ format }) => format ?? null,
      name: ({ name }) => name ?? null,
      fileBytes: ({ fileBytes }) => fileBytes ?? null,
      totalBytes: ({ sizeBytes }) => sizeBytes ?? null,
      doneBytes: ({ nextBlock, sizeBytes = 0 }) => Math.min(nextBlock * BLOCK_BYTES, sizeBytes),
      imageId: (row) => ifMade(row, row.imageId),
      snapshotId: (row) => ifMade(row, row.snapshotId),
      finishedAt: ({ finishedAt }) => finishedAt ?? null,
      problem: shownProblem,
    },
  };
}
