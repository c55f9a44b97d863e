import { ownProgram } from '../../platform/program/own-program.ts';
import type { Command } from '../command.ts';
import { runInstallation, server, throwAsFailure } from './server.ts';

export const demo: Command = {
  path: 'demo',
  summary: 'Run the service, and show on a disk of its own what Varve does.',
  details: [
    'It starts the service as varve server does. It then takes a file system in as a disk, ' +
      'makes snapshots and a clone, rolls back, and compares what comes out byte for byte. The ' +
      'service stays up until Ctrl-C.',
    'The images lie in the folder demo/ of the data folder, about 900 MB. You may delete them.',
  ],
  args: [],
  options: [{ name: 'exit', takes: 'nothing', summary: 'End after the tour.' }, ...server.options],
  examples: [{ does: 'See it, and keep the service', line: 'varve demo' }],
  json: 'As `varve server`; the tour itself is for people.',
  run: (context, input) =>
    runInstallation(context, input, async ({ folder, url }) => {
      const { showDemo } = await import('../../local/demo/show.ts');
      const { nextSteps } = await import('../../local/demo/next-steps.ts');
      const { signal, console } = context;
      const output = console.json ? process.stderr : process.stdout;
      const toured = await showDemo({ dataDir: folder.path, program: ownProgram(), output, signal }).catch(
        (error: unknown) => {
          signal.throwIfAborted();
          return throwAsFailure(error);
        },
      );
      if (input.has('exit')) return 'end';
      output.write(`${nextSteps({ ...toured, url, dataDir: folder.path, cwd: process.cwd() })}\n`);
      return 'stay';
    }),
};
