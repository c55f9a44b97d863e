import { type Client, openClient } from '../client/client.ts';
import { refuseUnasked } from './asking/consent.ts';
import type { Command, Context, Input } from './command.ts';
import type { Console } from './console.ts';
import { FORMS } from './listing.ts';
import { patienceOf } from './patience.ts';
import { findLocalFunctions, findSettings, regionByProfile, type Settings } from './settings.ts';
import { WATCH_OPTION, watchCommand } from './watching.ts';
import { inWordsOf } from './words/field-names.ts';

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly onHangup: Context['onHangup'];
  /** Left out: there is nobody to ask. */
  readonly stdin?: NodeJS.ReadStream;
  /** The terminal that standard output is. Left out: it is none. */
  readonly terminal?: Terminal | undefined;
}

export interface Terminal {
  /** The release. */
  readonly onResize: (todo: () => void) => () => void;
}

const isGiven = ({ options }: Command, input: Input, name: string): boolean =>
  (name === 'json' || options.some((option) => option.name === name)) && input.has(name);

const isWatched = (command: Command, input: Input): boolean => isGiven(command, input, WATCH_OPTION.name);

/** Runs one command; the service is looked for when it is first needed. */
export async function runCommand(
  command: Command,
  input: Input,
  { environment, cwd, signal, onHangup, stdin, terminal }: Surroundings,
  console: Console,
): Promise<void> {
  const given = {
    data: input.text('data'),
    endpoint: input.text('endpoint'),
    profile: input.text('profile'),
    apiKey: input.text('api-key'),
    environment,
    cwd,
  };
  const consent = { isGiven: false };
  const patience = patienceOf(input, environment, console);
  let settings: Promise<Settings> | undefined;
  let client: Promise<Client> | undefined;
  const find = (): Promise<Settings> => {
    settings ??= findSettings(given);
    return settings;
  };
  const connect = async (): Promise<Client> => {
    const { keyFile, chosen: _, ...endpoint } = await find();
    const before = (text: string, variables: unknown) => refuseUnasked(text, variables, consent);
    return openClient({ endpoint, keyFile, signal, patience, before });
  };
  const context: Context = {
    console,
    signal,
    consent,
    onHangup,
    environment,
    stdin,
    region: input.text('region') ?? (await regionByProfile(given)),
    client: () => {
      client ??= connect();
      return client;
    },
    settings: find,
    endpoint: async () => (await find()).url,
    localFunctions: () => findLocalFunctions(given),
  };
  try {
    if (!isWatched(command, input)) return await command.run(context, input);
    await watchCommand({
      path: command.path,
      console,
      signal,
      seconds: input.number('watch'),
      terminal: FORMS.some((form) => isGiven(command, input, form)) ? undefined : terminal,
      once: (gathering) => command.run({ ...context, console: gathering }, input),
    });
  } catch (error) {
    throw inWordsOf(command, error);
  } finally {
    (await client?.catch(() => undefined))?.close();
  }
}
