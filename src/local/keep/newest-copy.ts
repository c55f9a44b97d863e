import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { migrateCopy } from '../../platform/catalogue/sqlite/migrate.ts';
import { type CatalogueFile, openCatalogueFile } from '../../platform/catalogue/sqlite/rows-in-file.ts';
import { isoTime } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import type { CatalogueCopy } from '../../service/manifests/from-copy.ts';
import type { CatalogueCopies } from './catalogue-copies.ts';
import { dropCopy } from './check-database.ts';
import { instantOf } from './copy-form.ts';
import { runInThread } from './run-in-thread.ts';

export interface NewestCopyDeps {
  readonly folder: string;
  readonly copies: Pick<CatalogueCopies, 'list' | 'read'>;
  readonly log: Log;
}

/** The newest copy of the catalogue that is whole and whose key is there. */
export function newestCopy({ folder, copies, log }: NewestCopyDeps): {
  readonly newest: () => Promise<CatalogueCopy | undefined>;
  close(): void;
} {
  const path = join(folder, 'check', 'copy.sqlite');
  let file: CatalogueFile | undefined;
  const close = () => {
    file?.close();
    file = undefined;
    dropCopy(folder);
  };
  return {
    newest: async () => {
      for (const id of await copies.list()) {
        close();
        makeFolder(join(folder, 'check'));
        try {
          await copies.read(id, path);
          const damage = await runInThread('check', { path });
          if (damage !== undefined) throw new Error(`the copy is damaged: ${damage}`);
          migrateCopy(path);
          file = openCatalogueFile(path);
          const { rows } = file;
          return { asOf: isoTime(instantOf(id)), rows };
        } catch (error) {
          log.warn('a copy of the catalogue cannot be used', { id, error });
          rmSync(path, { force: true });
        }
      }
      return undefined;
    },
    close,
  };
}
