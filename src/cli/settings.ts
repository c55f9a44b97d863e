import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ClientError } from '../client/errors.ts';
import type { Endpoint } from '../client/service/graphql.ts';
import type { Door } from '../client/service/http.ts';
import type { ObjectFolder } from '../client/service/object-folder.ts';
import { agentsKnowProxies, type Proxies, proxiesOf } from '../client/service/proxies.ts';
import type { LocalFunctions } from '../platform/functions/local.ts';
import { addressOf, isHttpUrl, isLoopback } from '../platform/http-address.ts';
import { STAGING_FORMAT } from '../platform/objects/folder/direct.ts';
import { processExists } from '../platform/process-exists.ts';
import { readIfThere } from './read-if-there.ts';
import { UsageError } from './usage-error.ts';
import { type Environment, findWhere, type Way, type Where, type WhereInput } from './where.ts';

export interface SettingsInput extends WhereInput {
  readonly apiKey: string | undefined;
}

/** What decided, for people. */
export interface Chosen {
  readonly endpoint: string;
  readonly apiKey: string;
}

export interface Settings extends Endpoint {
  /** Where master keys of a single-machine installation lie. */
  readonly keyFile: string | undefined;
  readonly chosen: Chosen;
}

/** Where the service is, and what opens it. */
export async function findSettings(input: SettingsInput): Promise<Settings> {
  const { apiKey, environment } = input;
  const where = await findWhere(input);
  const { endpoint, folder } = where;
  const running = folder === undefined ? undefined : await readEndpoint(folder);
  const local = running?.url;
  const url = endpoint ?? local;
  if (url === undefined) throw noService(folder);
  const address = graphqlUrl(url);
  const isLocal = sameOrigin(url, local);
  const key = keyOf(where, { apiKey, environment });
  return {
    url: address,
    apiKey: key?.text ?? (await localKey(isLocal ? folder : undefined)),
    keyFile: set(environment.VARVE_KEY_FILE) ?? (folder === undefined ? undefined : join(folder, 'keys.json')),
    door: isLocal ? doorOf(running) : undefined,
    proxies: proxiesFor(address, environment),
    objectFolder: isLocal ? await objectFolderOf(folder, running) : undefined,
    chosen: { endpoint: wordsOf(where), apiKey: key?.from ?? `${folder}/admin.key` },
  };
}

/** The region of the profile that says where the service is, if one does. */
export async function regionByProfile(input: WhereInput): Promise<string | undefined> {
  // it shows when the service is needed
  const where = await findWhere(input).catch(() => undefined);
  return where?.profile?.region;
}

/**
 * By option, by environment, by profile. A profile that an option names brings its own key: the one
 * in the environment may be another service's.
 */
function keyOf(
  { way, profile }: Where,
  { apiKey, environment }: Pick<SettingsInput, 'apiKey' | 'environment'>,
): { readonly text: string; readonly from: string } | undefined {
  const byOption = requireKey(apiKey);
  if (byOption !== undefined) return { text: byOption, from: '--api-key' };
  const byEnvironment = way === '--profile' ? undefined : requireKey(set(environment.VARVE_API_KEY));
  if (byEnvironment !== undefined) return { text: byEnvironment, from: 'VARVE_API_KEY' };
  return profile && { text: profile.apiKey, from: `profile ${profile.name}` };
}

function wordsOf({ way, folder, profile }: Where): string {
  switch (way) {
    case '--profile':
    case 'VARVE_PROFILE':
      return `profile ${profile?.name}, by ${way}`;
    case 'profile':
      return `profile ${profile?.name}, by varve profile use; no .varve folder is here or above`;
    case 'folder':
      return `${folder}, the nearest above the current folder`;
    case '--data':
    case 'VARVE_DATA':
      return `${folder}, by ${way}`;
    default:
      return `${way}`;
  }
}

/** Those that name a service, and no folder. */
const ELSEWHERE: ReadonlySet<Way | undefined> = new Set(['--endpoint', '--profile', 'VARVE_ENDPOINT', 'VARVE_PROFILE']);

/**
 * Where a local installation that is running has its functions, and the secret of its run. The note
 * of a run that was killed does not count: its port may be another program's by now.
 */
export async function findLocalFunctions(input: WhereInput): Promise<LocalFunctions> {
  const { way, folder } = await findWhere(input);
  if (ELSEWHERE.has(way)) {
    throw new UsageError(
      'An endpoint does not take the calls of an operator. Name a local installation with ' +
        '--data, or a function on AWS with --function.',
    );
  }
  const running = folder === undefined ? undefined : await readEndpoint(folder);
  const isRunning = running?.pid !== undefined && processExists(running.pid);
  if (folder !== undefined && running?.functions !== undefined && isRunning) {
    const secret = (await readIfThere(join(folder, 'operator.key')))?.trim();
    if (secret) return { url: running.functions, secret };
  }
  const message = folder === undefined ? 'No local installation is found from here' : `No Varve runs in ${folder}`;
  throw new ClientError(
    'Unreachable',
    `${message}: start an installation with varve server, or name a function on AWS with --function.`,
  );
}

function set(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/**
 * A key goes into a header, which takes no other characters. One that comes from a file often has a
 * line end.
 */
export function requireKey(text: string | undefined): string | undefined {
  const key = text?.trim();
  if (key === undefined || /^[\x21-\x7e]+$/.test(key)) return key;
  throw new UsageError(
    'The API key has characters that no key has. A key is one word of letters, digits and underscores.',
  );
}

/**
 * The key of a local installation is for that installation alone, never for an address given
 * otherwise.
 */
function sameOrigin(url: string, local: string | undefined): boolean {
  return local !== undefined && isHttpUrl(url) && addressOf(url).origin === addressOf(local).origin;
}

function doorOf({ url, socket }: Partial<Running> = {}): Door | undefined {
  return url === undefined || socket === undefined ? undefined : { origin: addressOf(url).origin, socketPath: socket };
}

/**
 * Root is another user as well: what it stages, the server could not take in, and a start refuses
 * files that are not its owner's.
 */
async function objectFolderOf(dataDir: string | undefined, running?: Running): Promise<ObjectFolder | undefined> {
  if (dataDir === undefined || running?.staging !== STAGING_FORMAT || process.geteuid === undefined) return undefined;
  const { uid } = await stat(dataDir);
  return uid === process.geteuid() ? { origin: addressOf(running.url).origin, dataDir } : undefined;
}

/** What a local installation says of itself while it runs. */
interface Running {
  readonly url: string;
  /** Path of a socket, where there is one beside the port. */
  readonly socket?: string | undefined;
  readonly functions?: string | undefined;
  /** The form in which clients in its folder may stage objects. */
  readonly staging?: number | undefined;
  readonly pid?: number | undefined;
}

async function readEndpoint(data: string): Promise<Running | undefined> {
  const path = join(data, 'endpoint.json');
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  try {
    const { url, socket, functions, staging, pid } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (typeof url === 'string' && URL.canParse(url)) {
      return {
        url,
        socket: typeof socket === 'string' ? socket : undefined,
        functions: typeof functions === 'string' && URL.canParse(functions) ? functions : undefined,
        staging: typeof staging === 'number' ? staging : undefined,
        pid: typeof pid === 'number' ? pid : undefined,
      };
    }
  } catch {
    // reported below
  }
  throw new ClientError('BadAnswer', `${path} is damaged: it does not name the service's URL.`, { path });
}

async function localKey(data: string | undefined): Promise<string> {
  const key = data === undefined ? undefined : await readIfThere(join(data, 'admin.key'));
  if (key?.trim()) return key.trim();
  throw new ClientError('Unauthenticated', 'No API key is given: set VARVE_API_KEY, or use --api-key.');
}

/** Where this machine itself answers there is none. */
export function proxiesFor(url: string, environment: Environment): Proxies | undefined {
  const proxies = isLoopback(url) ? undefined : proxiesOf(environment);
  if (proxies === undefined || agentsKnowProxies()) return proxies;
  throw new UsageError(
    `HTTPS_PROXY or HTTP_PROXY is set, and Node ${process.versions.node} knows no proxies: use Node 24.5 or ` +
      'later, or name the host in NO_PROXY and unset them.',
  );
}

export function graphqlUrl(url: string): string {
  if (!isHttpUrl(url))
    throw new UsageError(`The endpoint must be a URL such as http://127.0.0.1:4100/graphql, not '${url}'.`);
  const parsed = new URL(url);
  if (parsed.pathname === '' || parsed.pathname === '/') parsed.pathname = '/graphql';
  return parsed.href;
}

function noService(folder: string | undefined): ClientError {
  const message =
    folder === undefined
      ? 'No service is found from here: start one with varve server, or name the folder of one with --data or ' +
        'VARVE_DATA; name one elsewhere with --endpoint or VARVE_ENDPOINT; or log in to it once with varve login.'
      : `There is no running service in ${folder}: start one with varve server, or name one with --endpoint or ` +
        'VARVE_ENDPOINT.';
  return new ClientError('Unreachable', message);
}
