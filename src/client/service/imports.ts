import {
  type Answered,
  CancelImageImportDocument,
  type CancelImageImportMutation,
  ImageImportDocument,
  type ImageImportFilter,
  ImageImportsDocument,
  type ImportFieldsFragment,
  ImportImageDocument,
  type ImportImageInput,
} from '../../generated/operations.ts';
import type { Graphql, Sendable } from './graphql.ts';
import { type Collected, collect, type ListRequest } from './pages.ts';

/** An image that the service makes from a file of a bucket. */
export type ImageImport = ImportFieldsFragment;

export type Imports = ReturnType<typeof createImports>;

export function createImports(graphql: Graphql, signal: AbortSignal) {
  return {
    get: async (id: string): Promise<ImageImport | null> =>
      (await graphql.call(ImageImportDocument, { id }, signal)).imageImport,
    list: ({ region, filter, limit }: ListRequest<ImageImportFilter>): Promise<Collected<ImageImport>> =>
      collect(limit, async (first, after) => {
        return (await graphql.call(ImageImportsDocument, { region, first, after, filter }, signal)).imageImports;
      }),
    begin: async (input: Sendable<ImportImageInput>): Promise<ImageImport> =>
      (await graphql.call(ImportImageDocument, { input }, signal)).importImage.import,
    cancel: async (importId: string): Promise<Answered<CancelImageImportMutation>['cancelImageImport']> =>
      (await graphql.call(CancelImageImportDocument, { input: { importId } }, signal)).cancelImageImport,
  };
}
