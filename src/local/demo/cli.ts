import { fileURLToPath } from 'node:url';
import { StartError } from '../start-error.ts';
import { run } from './command.ts';

const LAUNCHER = fileURLToPath(new URL('../../cli/varve.mjs', import.meta.url));

export interface Told<T> {
  readonly told: T;
  readonly tookMs: number;
}

/** The command line, as scripts use it. */
export type Cli = <T>(...words: readonly string[]) => Promise<Told<T>>;

export function createCli(dataDir: string): Cli {
  return async <T>(...words: readonly string[]) => {
    const ran = await run(process.execPath, [LAUNCHER, ...words, '--json', '--quiet', '--data', dataDir]);
    if (ran?.code !== 0) {
      throw new StartError(
        `The tour stopped: varve ${words.join(' ')}: ${ran?.stderr.trim() || `exit code ${ran?.code}`}`,
      );
    }
    return { told: JSON.parse(ran.stdout) as T, tookMs: ran.tookMs };
  };
}
