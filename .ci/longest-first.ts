import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take 30 s or more in some project, the longest first. */
const LONGEST = [
  'engine/histories.long',
  'engine/races.long',
  'formats/qemu-matrix.long',
  'local/keep/backup-trouble.long',
  'engine/faults-embedded.long',
  'local/earlier/earlier.long',
  'local/elsewhere/bucket.long',
  'cli/attach/attach.program',
  'local/elsewhere/moods.long',
  'local/earlier/kill.long',
  'local/move/move.long',
  'local/keep/from-copy.long',
  'engine/faults',
  'attach/lying-service.long',
  'offline/offline.long',
  'attach/crash.long',
  'service/lease-races.long',
  'platform/dependencies-in-trouble.long',
  'cli/attach/mount.program',
  'api/fuzz-shapes',
  'api/fuzz',
  'local/keep/backup.long',
  'local/keep/backup-places.long',
  'local/life.long',
  'local/server/server.program',
  'api/fuzz-operations',
  'cli/transfer.program',
  'cli/damage.program',
  'cli/image-files.program',
  'cli/interruption.program',
  'local/move/to-aws.long',
  'local/tour.program',
  'attach/power-cut.long',
  'local/start-errors.program',
  'cli/package.program',
  'local/keep/migration.long',
  'api/capacity',
  'api/scrub',
  'service/use-case-crashes',
  'service/wrong-clocks',
].map((name) => resolve(import.meta.dirname, '../test', `${name}.test.ts`));

/**
 * A long file that begins last has its worker work alone. Vitest goes by how long files took
 * before, which a fresh clone does not know, and then by their size, which does not tell. The files
 * of one project stay together: their workers may keep what they have loaded.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = LONGEST.filter((path) => !existsSync(path));
    if (gone.length > 0) throw new Error(`.ci/longest-first.ts names files that do not exist: ${gone.join(', ')}`);
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.indexOf(moduleId);
      return at === -1 ? LONGEST.length : at;
    };
    const order = (a: TestSpecification, b: TestSpecification) =>
      place(a) - place(b) || a.project.name.localeCompare(b.project.name);
    return (await super.sort(files)).sort(order);
  }
}
