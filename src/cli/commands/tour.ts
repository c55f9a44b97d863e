import { join } from 'node:path';
import { ClientError } from '../../client/errors.ts';
import type { Place } from '../../local/tour/place.ts';
import { ownProgram } from '../../platform/program/own-program.ts';
import type { Command, Context, Input } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { throwAsFailure } from './server.ts';

export const tour: Command = {
  path: 'tour',
  summary: 'Show on a service of its own what Varve does, with the command for each step.',
  details: [
    'It starts a server in a temporary folder and takes an image in as a disk. Then it makes ' +
      'snapshots, rolls back and compares bit for bit. A policy, a deletion to the byte and the ' +
      'recycle bin follow. Your own disks and profiles are not touched.',
    'On a terminal it waits for Enter after each step. At the end, and at Ctrl-C, it removes the ' +
      'folder and ends the server. With --keep both data and images stay.',
  ],
  args: [],
  options: [
    { name: 'no-pause', takes: 'nothing', summary: 'Go through it without waiting for Enter.' },
    {
      name: 'keep',
      takes: 'text',
      value: 'DIR',
      summary: 'Keep everything in this folder, which is empty or not there, and say how to go on.',
    },
  ],
  examples: [
    { does: 'Take the tour', line: 'varve tour' },
    { does: 'Keep what it makes, to go on with it', line: 'varve tour --keep my-tour' },
  ],
  json: '`{steps, keptIn}`: null without --keep. The tour itself goes to standard error.',
  run: async (context, input) => {
    requireNoOther(input);
    const { makePlace } = await import('../../local/tour/place.ts');
    const { console, signal } = context;
    process.umask(0o077);
    const place = await Promise.resolve(input.text('keep')).then(makePlace).catch(throwAsFailure);
    let steps: number;
    try {
      steps = await tourIn(place, context, input);
    } catch (error) {
      throw stoppedOr(error, signal, place);
    } finally {
      place.leave();
    }
    const keptIn = place.isKept ? place.path : null;
    console.result({ steps, keptIn }, () => [...ENDING, ...(keptIn === null ? GONE : howToGoOn(keptIn))]);
  },
};

const SERVICES = ['data', 'endpoint', 'profile', 'api-key', 'region'];

function requireNoOther(input: Input): void {
  const other = SERVICES.find((name) => input.has(name));
  if (other === undefined) return;
  throw new UsageError(`The tour has a service of its own: leave out --${other}.`, 'tour');
}

/** Runs a server in the folder while the tour is given there. The number of steps. */
async function tourIn(place: Place, context: Context, input: Input): Promise<number> {
  const { console, environment, signal, stdin } = context;
  const { startInstallation } = await import('../../local/server/installation.ts');
  const { createScreen, NobodyThere } = await import('../../local/tour/screen.ts');
  const { giveTour, withoutVarve } = await import('../../local/tour/tour.ts');
  const installation = await startInstallation({
    dataDir: join(place.path, '.varve'),
    where: { kind: 'socket' },
    withoutKeys: false,
    environment: withoutVarve(environment),
    tell: (line) => console.note(line),
  }).catch(throwAsFailure);
  const lost = new AbortController();
  void installation.lost.then((why) => lost.abort(new ClientError('ServerFailed', why)));
  const until = AbortSignal.any([signal, lost.signal]);
  const output = console.json ? process.stderr : process.stdout;
  const keys = input.has('no-pause') ? undefined : stdin;
  const screen = createScreen({ output, keys, environment, signal: until });
  const shownOn = console.json ? 2 : 1;
  const parts = { screen, folder: place.path, program: ownProgram(), environment, shownOn, signal: until } as const;
  try {
    return await giveTour(parts).catch((error: unknown) => {
      until.throwIfAborted();
      throw error instanceof NobodyThere ? new ClientError('Interrupted', '', {}) : error;
    });
  } catch (error) {
    return throwAsFailure(error);
  } finally {
    await installation.stop();
  }
}

/** Says what is left where somebody has stopped it. */
function stoppedOr(error: unknown, { aborted }: AbortSignal, { isKept, path }: Place): unknown {
  if (!(error instanceof ClientError) || error.code !== 'Interrupted') return error;
  const left = isKept ? `What is there stays in ${path}.` : 'Its server and its folder are gone.';
  return new ClientError('Interrupted', `The tour was stopped. ${left}`, aborted ? error.extra : {});
}

const ENDING = ['', 'Everything came out as it went in.'];

const GONE = [
  'The server of the tour is stopped, and its folder is removed.',
  '',
  'To begin with your own:',
  '  varve server                            runs the service, with its data in .varve here',
  '  varve service open --accept-terms       in a second terminal, once',
  '  varve disk import YOUR.img --name NAME  a file or a device',
  '  varve --help                            all commands',
];

function howToGoOn(path: string): string[] {
  return [
    `Everything stays in ${path}. To go on with it:`,
    '',
    `  cd ${/^[\w./+@-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`}`,
    '  varve server                 runs the service there',
    '  varve disk list              in a second terminal, in the same folder',
    '  varve snapshot list',
    '',
    'To be rid of it, end the server and remove the folder.',
  ];
}
