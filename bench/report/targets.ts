/** What is to be reached. */
export const TARGETS = {
  /** `varve server`, of the time of the emulated cloud. */
  machine: atMost({ first: 0.55, again: 0.48, unchanged: 1, changed: 0.76, export: 0.51 }),
  /** Of the time of a sync of 4 KiB, and milliseconds beside it. On a tmpfs a sync takes none. */
  machineSnapshot: { syncs: 1.5, ms: 2 },
  /** Of one block: the commit alone, and with the prepare and the PUT before it. */
  machineCommit: { syncs: 3, ms: 4 },
  machineStartS: { most: 0.5 },
  /** Of a core. */
  machineIdleShare: { most: 0.002 },
  machineIdleMib: { most: 130 },
  machineImportedMib: { most: 200 },
  /** Of the event loop. */
  machineDelayMs: { most: 20 },
  machineTimer: { tmpfs: { least: 1000 }, disk: { least: 600 } },
  /** `varve server` with the client in the folder, of the time of other programs in a folder. */
  borg: atMost({ first: 0.85, again: 0.55, unchanged: 0.45, changed: 0.75, restore: 0.5 }),
  /** With the data on a disk, where a sync counts for each. */
  borgOnDisk: atMost({ first: 1.1 }),
  localRestic: atMost({ first: 0.38, again: 0.3, unchanged: 0.24, changed: 0.28, restore: 0.33 }),
  /** Of reading, zero test and SHA-256 on both cores. */
  againOfFloor: { most: 1.7 },
  unchangedOfFloor: { most: 1.3 },
  /** Of what the object store gives by itself. */
  importOfPut: { least: 0.75 },
  exportOfGet: { least: 0.75 },
  /** Of SHA-256 alone on both cores. */
  unchangedOfHashing: { most: 1.3 },
  zerosGibPerSecond: { least: 4 },
  /** Of restic. */
  full: { most: 0.7 },
  unchanged: { most: 0.5 },
  changed: { most: 0.35 },
  restore: { most: 0.8 },
  /** Of the blocks alone, compressed in the same way. */
  storedOfFloor: { most: 1.01 },
  /** The large disk's time to the small one's. */
  largeOfSmall: { most: 1.3 },
  apiMs: { most: 60 },
  /** For each object that is freed. */
  reclaimS3: { most: 1.2 },
  reclaimWriteUnits: { most: 6 },
  /** Of `nbdkit file`. */
  coldReadsOfNbdkit: { least: 0.5 },
  /** Of `nbdkit file`, 1 MiB at once, and 4 KiB at random. */
  warmReadsOfNbdkit: { least: 0.7 },
  warmSmallReadsOfNbdkit: { least: 0.5 },
  /** Of `nbdkit file`, 64 KiB at once. */
  localWritesOfNbdkit: { least: 0.5 },
  /** Of the time of a sync of 4 KiB, and milliseconds beside it. On a tmpfs a sync takes none. */
  flush: { tmpfsMs: 8, syncs: 3, ms: 5 },
  attachSeconds: { most: 1 },
  attachMib: { most: 400 },
  clientMib: { most: 165 },
  /** Of the client's memory with the small image. */
  memoryGrowth: { most: 1.15 },
} as const;

type AtMost<Step extends string> = Readonly<Record<Step, { readonly most: number }>>;

function atMost<Step extends string>(bounds: Readonly<Record<Step, number>>): AtMost<Step> {
  return Object.fromEntries(Object.entries(bounds).map(([step, most]) => [step, { most }])) as AtMost<Step>;
}
