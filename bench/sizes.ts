export const KIB = 1024;
export const MIB = 1024 * KIB;
export const GIB = 1024 * MIB;
export const TIB = 1024 * GIB;

/** How much of everything one run takes. */
export interface Sizes {
  readonly rounds: number;
  /** Of the filesystem image. */
  readonly imageBytes: number;
  /** Of the incompressible image, and of the small disk whose operations are timed. */
  readonly uniqueBytes: number;
  readonly zeroBytes: number;
  /** Of the sparse image, and of the large disk whose operations are timed. */
  readonly largeBytes: number;
  readonly sparseBlocks: number;
  /** Written to the large disk before its operations are timed. */
  readonly largeDiskBlocks: number;
  /** Objects a step of the raw store figures. */
  readonly rawObjects: number;
  /** How often each operation of the API is timed, on each disk. */
  readonly apiRepeats: number;
  readonly listedSnapshots: number;
  /**
   * Snapshots in a line of which some are deleted; the first is what the others are compared with.
   */
  readonly chainLengths: readonly number[];
  /** Blocks of disks of which snapshots are deleted. */
  readonly storeBlocks: readonly number[];
  /** Of one snapshot. */
  readonly clones: number;
  /** Under policies that are due at the same hour. */
  readonly timerDisks: number;
  readonly timerPolicies: number;
  /** The same in an installation that counts requests. */
  readonly countedTimerDisks: number;
  /** Starts of a server on a new folder, and as many on one that it knows. */
  readonly starts: number;
  /** How long a server that nobody calls is watched. */
  readonly idleSeconds: number;
  /** Of the disk that is read and written over NBD, and how long each way of that is timed. */
  readonly nbdBytes: number;
  readonly nbdSeconds: number;
  /**
   * Written all over the largest disk there is, which is attached too. A power of two, so that they
   * lie equally far from each other.
   */
  readonly nbdLargestBlocks: number;
}

export const FULL: Sizes = {
  rounds: 3,
  imageBytes: 4 * GIB,
  uniqueBytes: GIB,
  zeroBytes: 4 * GIB,
  largeBytes: TIB,
  sparseBlocks: 128,
  largeDiskBlocks: 100_000,
  rawObjects: 1024,
  apiRepeats: 50,
  listedSnapshots: 1000,
  chainLengths: [10, 100, 500],
  storeBlocks: [1024, 10_240, 100_352],
  clones: 10_000,
  timerDisks: 100_000,
  timerPolicies: 50,
  countedTimerDisks: 2000,
  starts: 5,
  idleSeconds: 60,
  nbdBytes: GIB,
  nbdSeconds: 5,
  nbdLargestBlocks: 8192,
};

/** A few minutes; says whether everything works, not how fast. */
export const QUICK: Sizes = {
  rounds: 1,
  imageBytes: GIB,
  uniqueBytes: 256 * MIB,
  zeroBytes: GIB,
  largeBytes: TIB,
  sparseBlocks: 64,
  largeDiskBlocks: 10_240,
  rawObjects: 256,
  apiRepeats: 10,
  listedSnapshots: 200,
  chainLengths: [10, 40],
  storeBlocks: [1024, 10_240],
  clones: 100,
  timerDisks: 1000,
  timerPolicies: 50,
  countedTimerDisks: 500,
  starts: 2,
  idleSeconds: 10,
  nbdBytes: 256 * MIB,
  nbdSeconds: 1,
  nbdLargestBlocks: 1024,
};
