import type { Mutation } from '../mutations/mutation.ts';

/**
 * What takes minutes and megabytes takes moments here, so that a short record has everything in it:
 * rounds of the janitor, reclaim, and checkpoints of SQLite's log, which then overwrites itself.
 */
export const SHORT_TIMES: Mutation['edits'] = [
  { file: 'src/local/server/rounds.ts', from: 'const EVERY_MS = 60_000;', to: 'const EVERY_MS = 300;' },
  {
    file: 'src/engine/reclaim/reclaim.ts',
    from: 'holdMs: 120_000, sendWithinMs: 20_000',
    to: 'holdMs: 600, sendWithinMs: 300',
  },
  {
    file: 'src/engine/ledger/ledger-worker.ts',
    from: 'const FORGOTTEN_AFTER_MS = 60 * 1000;',
    to: 'const FORGOTTEN_AFTER_MS = 300;',
  },
  {
    file: 'src/platform/catalogue/sqlite/store.ts',
    from: 'PRAGMA cache_size = -32768;',
    to: 'PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 200;',
  },
];

/**
 * After a cut: the writers of before are dead, so what they left half done can be undone at once.
 * The round at the start does most of it.
 */
export const AFTER_A_CUT: Mutation['edits'] = [
  { file: 'src/local/server/rounds.ts', from: 'const EVERY_MS = 300;', to: 'const EVERY_MS = 1500;' },
  {
    file: 'src/engine/ledger/ledger-worker.ts',
    from: 'ABANDONED_AFTER_MS = 15 * 60 * 1000;',
    to: 'ABANDONED_AFTER_MS = 10_000;',
  },
];
