import { createInterface } from 'node:readline/promises';
import { openClient } from '../../client/client.ts';
import { isLoopback } from '../../platform/http-address.ts';
import type { Command, Context, Input } from '../command.ts';
import { readSecret } from '../profiles/read-secret.ts';
import { type Profile, ProfileStore } from '../profiles/store.ts';
import { graphqlUrl, proxiesFor, requireKey } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

const DEFAULT_PROFILE = 'default';

const KEY_DETAILS =
  'The API key is asked for on the terminal, which does not show it, or read from standard ' +
  'input. It is never given as an argument, which other users of the machine could see.';

export const login: Command = {
  path: 'login',
  summary: 'Log in to a service: check an API key, keep it in a profile, and use that from now on.',
  details: [
    KEY_DETAILS,
    'The profile is a file of this user alone, in ~/.config/varve, or in the folder varve of ' +
      'XDG_CONFIG_HOME. --profile names it. Default: default.',
  ],
  args: [],
  options: [],
  examples: [
    { does: 'Answer what is asked', line: 'varve login' },
    { does: 'With a key from a file', line: 'cat key.txt | varve login --endpoint https://varve.example.com' },
  ],
  json: '`{profile, endpoint, region, account{id name}, role}`.',
  run: async (context, input) => {
    const name = input.text('profile') ?? DEFAULT_PROFILE;
    const store = new ProfileStore(context.environment);
    store.read(name); // a bad name, or a folder that is not private, shows before anything is asked
    const profile = await ask(context, input, 'login');
    const { viewer, regions } = await statusOf(profile, context);
    const known = regions.map((region) => region.name);
    if (profile.region !== undefined && !known.includes(profile.region))
      throw new UsageError(`There is no region '${profile.region}'. There are: ${known.join(', ')}.`, 'login');
    store.write(name, profile);
    store.use(name);
    const { endpoint, region = null } = profile;
    context.console.result({ profile: name, endpoint, region, account: viewer.account, role: viewer.role }, () => [
      `Logged in to ${endpoint} as ${viewer.account.name} (${viewer.account.id}), role ${viewer.role}.`,
      `Profile ${name} is used from now on, wherever no .varve folder is nearer.`,
    ]);
  },
};

export const profileAdd: Command = {
  path: 'profile add',
  summary: 'Keep an endpoint, a region and an API key as a profile. The service is not asked.',
  details: [KEY_DETAILS, 'A profile of that name is replaced. The first one is used from then on.'],
  args: [{ name: 'PROFILE', summary: 'Name of the profile.' }],
  options: [],
  examples: [
    { does: 'Answer what is asked', line: 'varve profile add work' },
    {
      does: 'For one region',
      line: 'cat key.txt | varve profile add north --endpoint https://varve.example.com --region north',
    },
  ],
  json: '`{profile, endpoint, region, isCurrent}`.',
  run: async (context, input) => {
    const name = input.args[0] as string;
    const store = new ProfileStore(context.environment);
    store.read(name);
    const profile = await ask(context, input, 'profile add');
    store.write(name, profile);
    if (store.current() === undefined) store.use(name);
    const isCurrent = store.current() === name;
    const { endpoint, region = null } = profile;
    context.console.result({ profile: name, endpoint, region, isCurrent }, () => [
      isCurrent ? `Profile ${name} is used from now on.` : `To use it from now on: varve profile use ${name}`,
    ]);
  },
};

async function ask({ stdin, environment, console }: Context, input: Input, command: string): Promise<Profile> {
  if (input.has('api-key'))
    throw new UsageError('The API key is read from standard input or typed, not given by --api-key.', command);
  const isTerminal = stdin?.isTTY === true;
  const given = input.text('endpoint') ?? (environment.VARVE_ENDPOINT || undefined);
  if (stdin === undefined || (given === undefined && !isTerminal))
    throw new UsageError('--endpoint is needed if there is no terminal to ask on.', command);
  const write = (text: string) => void process.stderr.write(text);
  const endpoint = graphqlUrl(given ?? (await askLine(stdin, 'Endpoint, such as https://varve.example.com: ')));
  if (new URL(endpoint).protocol === 'http:' && !isLoopback(endpoint))
    console.note(`${endpoint} is not encrypted: whoever is on the way sees the key.`);
  const apiKey = requireKey(await readSecret(stdin, write, 'API key (it is not shown): '));
  if (apiKey === undefined) throw new UsageError('No API key was given on standard input.', command);
  return { endpoint, apiKey, region: input.text('region') };
}

async function askLine(input: NodeJS.ReadStream, prompt: string): Promise<string> {
  const lines = createInterface({ input, output: process.stderr });
  try {
    return await lines.question(prompt);
  } finally {
    lines.close();
  }
}

async function statusOf({ endpoint, apiKey }: Profile, { environment, signal }: Context) {
  const client = openClient({
    endpoint: { url: endpoint, apiKey, proxies: proxiesFor(endpoint, environment) },
    signal,
  });
  try {
    return await client.account.status();
  } finally {
    client.close();
  }
}
