import type { Ending } from './ending.ts';
import type { Figures } from './figures.ts';
import type { FilesystemImages, ImageSet } from './images/image-set.ts';
import type { Run } from './process/program.ts';
import type { Sizes } from './sizes.ts';

/** What every measurement works with. */
export interface BenchRun {
  readonly sizes: Sizes;
  /** Made when the first part asks for them. */
  readonly images: () => Promise<ImageSet>;
  /** The same, for parts that need nothing else. */
  readonly filesystems: () => Promise<FilesystemImages>;
  /** For stores and exported images. */
  readonly dataDir: string;
  /** For images that are made on the way. */
  readonly workDir: string;
  readonly figures: Figures;
  readonly ending: Ending;
  readonly run: Run;
  readonly say: (line: string) => void;
}
