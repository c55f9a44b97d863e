import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ClientError } from '../client/errors.ts';
import type { Endpoint } from '../client/service/graphql.ts';
import type { Door } from '../client/service/http.ts';
import type { ObjectFolder } from '../client/service/object-folder.ts';
import type { LocalFunctions } from '../platform/functions/local.ts';
import { addressOf, isHttpUrl } from '../platform/http-address.ts';
import { STAGING_FORMAT } from '../platform/objects/folder/direct.ts';
import { processExists } from '../platform/process-exists.ts';
import { isTrusted } from '../platform/trusted-user.ts';
import { UsageError } from './usage-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface SettingsInput {
  readonly data: string | undefined;
  readonly endpoint: string | undefined;
  readonly apiKey: string | undefined;
  readonly environment: Environment;
  readonly cwd: string;
}

export interface Settings extends Endpoint {
  /** Where master keys of a single-machine installation lie. */
  readonly keyFile: string | undefined;
}

/**
 * Where the service is and what opens it: by option, by environment, or by the data folder of a
 * local installation.
 */
export async function findSettings({ data, endpoint, apiKey, environment, cwd }: SettingsInput): Promise<Settings> {
  const given = endpoint?.trim() ?? set(environment.VARVE_ENDPOINT)?.trim();
  // Who names the service elsewhere need not be able to read what lies about here.
  const near = () => {
    const found = nearestData(cwd, environment);
    return given === undefined ? found : found.catch(() => undefined);
  };
  const folder = data === undefined ? await near() : resolve(cwd, data);
  const running = folder === undefined ? undefined : await readEndpoint(folder);
  const local = running?.url;
  const url = given ?? local;
  if (url === undefined) throw noService(data === undefined ? undefined : folder);
  if (!isHttpUrl(url))
    throw new UsageError(`The endpoint must be a URL such as http://127.0.0.1:4100/graphql, not '${url}'.`);
  const key = requireKey(apiKey ?? set(environment.VARVE_API_KEY));
  const isLocal = sameOrigin(url, local);
  return {
    url: graphqlUrl(url),
    apiKey: key ?? (await localKey(isLocal ? folder : undefined)),
    keyFile: set(environment.VARVE_KEY_FILE) ?? (folder === undefined ? undefined : join(folder, 'keys.json')),
    door: isLocal ? doorOf(running) : undefined,
    objectFolder: isLocal ? await objectFolderOf(folder, running) : undefined,
  };
}

/**
 * Where a local installation that is running has its functions, and the secret of its run. The note
 * of a run that was killed does not count: its port may be another program's by now.
 */
export async function findLocalFunctions({ data, endpoint, environment, cwd }: SettingsInput): Promise<LocalFunctions> {
  if (endpoint !== undefined || (data === undefined && set(environment.VARVE_ENDPOINT) !== undefined)) {
    throw new UsageError(
      'An endpoint does not take the calls of an operator. Name a local installation with ' +
        '--data, or a function on AWS with --function.',
    );
  }
  const folder = data === undefined ? await nearestData(cwd, environment) : resolve(cwd, data);
  const running = folder === undefined ? undefined : await readEndpoint(folder);
  const isRunning = running?.pid !== undefined && processExists(running.pid);
  if (folder !== undefined && running?.functions !== undefined && isRunning) {
    const secret = (await readIfThere(join(folder, 'operator.key')))?.trim();
    if (secret) return { url: running.functions, secret };
  }
  const where = folder === undefined ? 'No local installation is found from here' : `No Varve runs in ${folder}`;
  throw new ClientError(
    'Unreachable',
    `${where}: start an installation with varve server, or name a function on AWS with --function.`,
  );
}

function set(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/**
 * A key goes into a header, which takes no other characters. One that comes from a file often has a
 * line end.
 */
function requireKey(text: string | undefined): string | undefined {
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

/** Undefined if it does not exist. Throws if it cannot be read. */
async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const isForbidden = code === 'EACCES' || code === 'EPERM';
    const message = `${path} cannot be read${isForbidden ? ' by this user' : ''} (${code}).`;
    throw new ClientError(isForbidden ? 'Unauthenticated' : 'BadAnswer', message, { path }, error);
  }
}

async function localKey(data: string | undefined): Promise<string> {
  const key = data === undefined ? undefined : await readIfThere(join(data, 'admin.key'));
  if (key?.trim()) return key.trim();
  throw new ClientError('Unauthenticated', 'No API key is given: set VARVE_API_KEY, or use --api-key.');
}

function graphqlUrl(url: string): string {
  const parsed = new URL(url);
  if (parsed.pathname === '' || parsed.pathname === '/') parsed.pathname = '/graphql';
  return parsed.href;
}

function noService(folder: string | undefined): ClientError {
  const where = folder === undefined ? 'No service is found from here' : `There is no running service in ${folder}`;
  return new ClientError(
    'Unreachable',
    `${where}: start one with varve server, or name one with --endpoint or VARVE_ENDPOINT.`,
  );
}
