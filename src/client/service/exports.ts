import {
  type Answered,
  CancelImageExportDocument,
  type CancelImageExportMutation,
  type ExportFieldsFragment,
  ExportImageDocument,
  type ExportImageInput,
  ImageExportDocument,
  type ImageExportFilter,
  type ImageExportQuery,
  ImageExportsDocument,
} from '../../generated/operations.ts';
import type { Graphql, Sendable } from './graphql.ts';
import { type Collected, collect, type ListRequest } from './pages.ts';

/** An image that the service writes as a file. */
export type ImageExport = ExportFieldsFragment;
export type OneExport = NonNullable<Answered<ImageExportQuery>['imageExport']>;

export type Exports = ReturnType<typeof createExports>;

export function createExports(graphql: Graphql, signal: AbortSignal) {
  return {
    /** The URL is good for so long, or until the file goes. */
    get: async (id: string, ttlSeconds: number): Promise<OneExport | null> =>
      (await graphql.call(ImageExportDocument, { id, ttlSeconds }, signal)).imageExport,
    list: ({ region, filter, limit }: ListRequest<ImageExportFilter>): Promise<Collected<ImageExport>> =>
      collect(limit, async (first, after) => {
        return (await graphql.call(ImageExportsDocument, { region, first, after, filter }, signal)).imageExports;
      }),
    begin: async (input: Sendable<ExportImageInput>): Promise<ImageExport> =>
      (await graphql.call(ExportImageDocument, { input }, signal)).exportImage.export,
    cancel: async (exportId: string): Promise<Answered<CancelImageExportMutation>['cancelImageExport']> =>
      (await graphql.call(CancelImageExportDocument, { input: { exportId } }, signal)).cancelImageExport,
  };
}
