/** What starts this program once more. The words of a command line come behind `args`. */
export interface OwnProgram {
  readonly file: string;
  readonly args: readonly string[];
}

/** The single executable has embedded/own-program.ts in the place of this file. */
export function ownProgram(): OwnProgram {
  const [, launcher] = process.argv;
  if (launcher === undefined) throw new Error('this process does not know its own program');
  return { file: process.execPath, args: [...process.execArgv, launcher] };
}
