import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take 30 s or more, the longest first. */
const LONGEST = [
  'engine/histories.long',
  'engine/races.long',
  'formats/qemu-matrix.long',
  'local/life.long',
  'attach/crash',
  'cli/transfer',
  'local/keep/backup-trouble.long',
  'local/rebuild.long',
  'local/earlier/earlier.long',
  'local/earlier/kill.long',
  'cli/package.long',
  'offline/offline.long',
  'attach/power-cut.long',
  'cli/attach/attach.program',
  'cli/damage',
  'cli/attach/mount.program',
  'engine/faults-embedded.long',
  'local/elsewhere/bucket.long',
  'local/move/move.long',
  'local/keep/backup.long',
  'engine/faults',
  'cli/interruption.program',
  'attach/lease',
  'attach/model',
  'local/demo.long',
  'api/fuzz',
].map((name) => resolve(import.meta.dirname, '../test', `${name}.test.ts`));

/**
 * A long file that begins last has its worker work alone. Vitest goes by how long files took
 * before, which a fresh clone does not know, and then by their size, which does not tell.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = LONGEST.filter((path) => !existsSync(path));
    if (gone.length > 0) throw new Error(`.ci/longest-first.ts names files that do not exist: ${gone.join(', ')}`);
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.indexOf(moduleId);
      return at === -1 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
