import type { OwnProgram } from '../own-program.ts';

/** As ../own-program.ts: the executable needs nothing beside it. */
export function ownProgram(): OwnProgram {
  return { file: process.execPath, args: [] };
}
