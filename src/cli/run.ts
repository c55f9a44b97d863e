import { type Client, openClient } from '../client/client.ts';
import { refuseUnasked } from './asking/consent.ts';
import type { Command, Context, Input } from './command.ts';
import type { Console } from './console.ts';
import { patienceOf } from './patience.ts';
import { findLocalFunctions, findSettings, regionByProfile, type Settings } from './settings.ts';
import { inWordsOf } from './words/field-names.ts';

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly onHangup: Context['onHangup'];
  /** Left out: there is nobody to ask. */
  readonly stdin?: NodeJS.ReadStream;
}

/** Runs one command; the service is looked for when it is first needed. */
export async function runCommand(
  command: Command,
  input: Input,
  { environment, cwd, signal, onHangup, stdin }: Surroundings,
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
    await command.run(context, input);
  } catch (error) {
    throw inWordsOf(command, error);
  } finally {
    (await client?.catch(() => undefined))?.close();
  }
}
