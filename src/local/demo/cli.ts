import type { OwnProgram } from '../../platform/program/own-program.ts';
import { StartError } from '../start-error.ts';
import { run } from './command.ts';

export interface Told<T> {
  readonly told: T;
  readonly tookMs: number;
}

/** The command line, as scripts use it. */
export type Cli = <T>(...words: readonly string[]) => Promise<Told<T>>;

export interface CliPlace {
  /** What starts the CLI. */
  readonly program: OwnProgram;
  readonly dataDir: string;
  readonly signal: AbortSignal;
}

export function createCli({ program, dataDir, signal }: CliPlace): Cli {
  return async <T>(...words: readonly string[]) => {
    const ran = await run(program.file, [...program.args, ...words, '--json', '--quiet', '--data', dataDir], {
      signal,
    });
    if (ran?.code !== 0) {
      throw new StartError(
        `The tour stopped: varve ${words.join(' ')}: ${ran?.stderr.trim() || `exit code ${ran?.code}`}`,
      );
    }
    return { told: JSON.parse(ran.stdout) as T, tookMs: ran.tookMs };
  };
}
