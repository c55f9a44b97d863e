import { join } from 'node:path';
import type { OwnProgram } from '../../platform/program/own-program.ts';
import { createCli } from './cli.ts';
import { chooseImage } from './image.ts';
import { createScreen, formatTime } from './screen.ts';
import { type Toured, tour } from './tour.ts';

export interface DemoParts {
  readonly dataDir: string;
  readonly program: OwnProgram;
  readonly output: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly signal: AbortSignal;
}

/** Shows what Varve does on a running installation. Throws `StartError` where a step fails. */
export async function showDemo({ dataDir, program, output, signal }: DemoParts): Promise<Toured> {
  const began = performance.now();
  const screen = createScreen(output);
  const folder = join(dataDir, 'demo');
  const cli = createCli({ program, dataDir, signal });
  const toured = await tour({ screen, cli, image: await chooseImage(folder), folder });
  screen.line(`\nEverything came out as it went in. The tour took ${formatTime(performance.now() - began)}.`);
  return toured;
}
