import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ClientError } from '../client/errors.ts';
import { isTrusted } from '../platform/trusted-user.ts';
import { type Profile, ProfileStore } from './profiles/store.ts';
import { readIfThere } from './read-if-there.ts';
import { UsageError } from './usage-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a command line and its surroundings say of the place of the service. */
export interface WhereInput {
  readonly data: string | undefined;
  readonly endpoint: string | undefined;
  readonly profile: string | undefined;
  readonly environment: Environment;
  readonly cwd: string;
}

/** The ways to say where the service is, the one that wins first. docs/install.md has the order. */
export type Way =
  | '--endpoint'
  | '--data'
  | '--profile'
  | 'VARVE_ENDPOINT'
  | 'VARVE_DATA'
  | 'VARVE_PROFILE'
  | 'folder'
  | 'profile';

export interface Where {
  /** Undefined if nothing says where the service is. */
  readonly way: Way | undefined;
  /** Of the service, if it is not the one of the folder. */
  readonly endpoint?: string | undefined;
  /** A data folder. Beside an endpoint: the one whose keys may open it. */
  readonly folder?: string | undefined;
  readonly profile?: (Profile & { readonly name: string }) | undefined;
}

/** Options come before the environment, and that before what is found. */
export async function findWhere({ data, endpoint, profile, environment, cwd }: WhereInput): Promise<Where> {
  if (profile !== undefined && (endpoint ?? data) !== undefined)
    throw new UsageError(
      `--profile and --${endpoint === undefined ? 'data' : 'endpoint'} both say where the service is. Give one.`,
    );
  const at = (folder: string) => resolve(cwd, folder);
  const variable = (name: string) => environment[name]?.trim() || undefined;
  const [byEndpoint, byData] = [variable('VARVE_ENDPOINT'), variable('VARVE_DATA')];
  const besides = async () => {
    const given = data ?? byData;
    // Who names the service elsewhere need not be able to read what lies about here.
    return given === undefined ? nearestData(cwd, environment).catch(() => undefined) : at(given);
  };
  if (endpoint !== undefined) return { way: '--endpoint', endpoint: endpoint.trim(), folder: await besides() };
  if (data !== undefined) return { way: '--data', folder: at(data) };
  if (profile !== undefined) return byProfile('--profile', profile, environment);
  if (byEndpoint !== undefined) return { way: 'VARVE_ENDPOINT', endpoint: byEndpoint, folder: await besides() };
  if (byData !== undefined) return { way: 'VARVE_DATA', folder: at(byData) };
  const byName = variable('VARVE_PROFILE');
  if (byName !== undefined) return byProfile('VARVE_PROFILE', byName, environment);
  const near = await nearestData(cwd, environment);
  if (near !== undefined) return { way: 'folder', folder: near };
  const current = new ProfileStore(environment).current();
  return current === undefined ? { way: undefined } : byProfile('profile', current, environment);
}

function byProfile(way: Way, name: string, environment: Environment): Where {
  const found = new ProfileStore(environment).read(name);
  if (found !== undefined) return { way, endpoint: found.endpoint, profile: { ...found, name } };
  const message = `There is no profile '${name}'. varve profile list shows those that there are.`;
  throw new ClientError('NotFound', message, { profile: name });
}

/** Throws for one of another user, who would get what is sent there. */
async function nearestData(from: string, environment: Environment): Promise<string | undefined> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const data = join(folder, '.varve');
    const isThere = (await readIfThere(join(data, 'endpoint.json'))) !== undefined;
    if (isThere) {
      await requireOwn(data, environment);
      return data;
    }
    if (dirname(folder) === folder) return undefined;
  }
}

async function requireOwn(data: string, environment: Environment): Promise<void> {
  if (isTrusted(await stat(data), environment)) return;
  throw new ClientError(
    'Forbidden',
    `${data} belongs to another user, who would get what is sent there: name it with --data if you trust it.`,
    { path: data },
  );
}
