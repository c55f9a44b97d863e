import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Command } from '../../src/cli/command.ts';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { type ConsoleOptions, createConsole } from '../../src/cli/console.ts';
import { describeFailure } from '../../src/cli/exit-codes.ts';
import { parseCommandLine } from '../../src/cli/parse.ts';
import { runCommand } from '../../src/cli/run.ts';

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

export interface Look extends Partial<Pick<ConsoleOptions, 'json' | 'times' | 'colours'>> {
  /** Of a terminal. Left out: there is none. */
  readonly columns?: number;
  /** Instead of the example. */
  readonly line?: readonly string[] | undefined;
  /** Behind it. */
  readonly words?: readonly string[];
}

/** Runs every command by the first example of its help. */
export interface Printer {
  printed(command: Command, url: string, look: Look): Promise<Printed>;
  close(): Promise<void>;
}

export async function createPrinter(): Promise<Printer> {
  const folder = await mkdtemp(join(tmpdir(), 'varve-printer-'));
  const image = join(folder, 'image.img');
  await writeFile(image, Buffer.alloc(1024 * 1024));
  const places = ['VARVE_STATE_DIR', 'XDG_RUNTIME_DIR', 'VARVE_CACHE_DIR', 'XDG_CONFIG_HOME'];
  const environment = Object.fromEntries(places.map((name) => [name, folder]));
  const examples = examplesIn(folder, image);
  return {
    printed: async (command, url, { json = false, columns, words = [], line, times, colours }) => {
      const stdout = Object.assign(new PassThrough(), columns === undefined ? {} : { isTTY: true, columns });
      const stderr = new PassThrough();
      const shown = { ...(times && { times }), ...(colours && { colours }) };
      const console = createConsole({ json, quiet: false, stdout, stderr, ...shown });
      const parsed = parseCommandLine(COMMANDS, [
        ...(line ?? examples[command.path] ?? exampleOf(command)),
        ...['--endpoint', url, '--api-key', 'key'],
        ...words,
      ]);
      if ('help' in parsed) throw new Error(`${command.path} is help`);
      const signal = AbortSignal.timeout(5000);
      const surroundings = { environment, cwd: folder, signal, onHangup: () => undefined };
      await runCommand(parsed.command, parsed.input, surroundings, console).catch((error: unknown) =>
        console.failure(describeFailure(error)),
      );
      stdout.end();
      stderr.end();
      return { stdout: await text(stdout), stderr: await text(stderr) };
    },
    close: () => rm(folder, { recursive: true }),
  };
}

function exampleOf({ examples }: Command): string[] {
  const example = /varve ([^|>)]*)/.exec(examples[0]?.line ?? '')?.[1] ?? '';
  return example.trim().replaceAll("'", '').split(' ');
}

/** Where the example of the help needs more than a service. */
function examplesIn(folder: string, image: string): Readonly<Record<string, readonly string[]>> {
  return {
    'disk import': ['disk', 'import', image, '--name', 'web'],
    'image import': ['image', 'import', image, '--name', 'web'],
    'disk sync': ['disk', 'sync', 'web', image],
    'disk export': ['disk', 'export', 'web', join(folder, 'disk.out')],
    'snapshot export': ['snapshot', 'export', 'monday', join(folder, 'snapshot.out')],
    mount: ['mount', 'monday', join(folder, 'nowhere')],
    rebuild: ['rebuild'],
    'trash restore': ['trash', 'restore', `s-${'0'.repeat(20)}`],
    'trash purge': ['trash', 'purge', `s-${'0'.repeat(20)}`],
  };
}
