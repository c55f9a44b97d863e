import { lstatSync, readdirSync, readFileSync, rmSync, type Stats } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { ClientError } from '../../client/errors.ts';
import { writeDurably } from '../../platform/durable-file.ts';
import { isHttpUrl } from '../../platform/http-address.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { isTrusted } from '../../platform/trusted-user.ts';
import { UsageError } from '../usage-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A service, and what opens it. */
export interface Profile {
  readonly endpoint: string;
  readonly region?: string | undefined;
  readonly apiKey: string;
}

/** Later ones are refused: they may say more than is understood here. */
const FORMAT = 1;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const OTHERS_WRITE = 0o022;
const OTHERS = 0o077;

/**
 * Profiles of this user: each is a file of its own, so commands at the same time do not disturb
 * each other. They hold keys. So folder and files are their owner's alone, and what others may have
 * changed is not used.
 */
export class ProfileStore {
  readonly folder: string;
  readonly #environment: Environment;

  /** By the XDG base directories. */
  constructor(environment: Environment) {
    const { XDG_CONFIG_HOME: given, HOME: home } = environment;
    this.folder = join(given !== undefined && isAbsolute(given) ? given : join(home || homedir(), '.config'), 'varve');
    this.#environment = environment;
  }

  /** Undefined if there is none of that name. */
  read(name: string): Profile | undefined {
    requireName(name);
    const text = this.#readPrivate(this.#pathOf(name));
    return text === undefined ? undefined : profileIn(text, this.#pathOf(name));
  }

  list(): string[] {
    if (!this.#isThere()) return [];
    return readdirSync(this.folder)
      .filter((file) => file.endsWith('.profile.json'))
      .map((file) => file.slice(0, -'.profile.json'.length))
      .filter((name) => NAME.test(name))
      .sort();
  }

  write(name: string, { endpoint, region, apiKey }: Profile): void {
    requireName(name);
    makeFolder(this.folder);
    this.#isThere();
    writeDurably(this.#pathOf(name), `${JSON.stringify({ format: FORMAT, endpoint, region, apiKey }, undefined, 2)}\n`);
  }

  /** Whether there was one. */
  remove(name: string): boolean {
    if (this.read(name) === undefined) return false;
    rmSync(this.#pathOf(name));
    if (this.current() === name) rmSync(this.#currentPath, { force: true });
    return true;
  }

  /** The one that is used where nothing else says where the service is. */
  current(): string | undefined {
    const name = this.#readPrivate(this.#currentPath)?.trim();
    return name !== undefined && NAME.test(name) ? name : undefined;
  }

  use(name: string): void {
    writeDurably(this.#currentPath, `${name}\n`);
  }

  get #currentPath(): string {
    return join(this.folder, 'current-profile');
  }

  #pathOf(name: string): string {
    return join(this.folder, `${name}.profile.json`);
  }

  /** Throws if others may write there. */
  #isThere(): boolean {
    const found = lstatSync(this.folder, { throwIfNoEntry: false });
    if (found === undefined) return false;
    if (!found.isDirectory()) throw notPrivate(this.folder, 'is no folder');
    this.#requireOwn(this.folder, found, { mask: OTHERS_WRITE, mend: `chmod 700 ${this.folder}` });
    return true;
  }

  #readPrivate(path: string): string | undefined {
    const found = this.#isThere() ? lstatSync(path, { throwIfNoEntry: false }) : undefined;
    if (found === undefined) return undefined;
    if (!found.isFile()) throw notPrivate(path, 'is no file');
    this.#requireOwn(path, found, { mask: OTHERS, mend: `chmod 600 ${path}` });
    return readFileSync(path, 'utf8');
  }

  /** Where there are no users and modes, the system's own rights of the home folder hold. */
  #requireOwn(path: string, found: Stats, { mask, mend }: { readonly mask: number; readonly mend: string }): void {
    if (!isTrusted(found, this.#environment)) throw notPrivate(path, 'belongs to another user');
    if (process.platform !== 'win32' && (found.mode & mask) !== 0)
      throw notPrivate(path, `is open to other users: run ${mend}, and make a new key if others may have read it`);
  }
}

function requireName(name: string): void {
  if (NAME.test(name)) return;
  throw new UsageError(
    `A profile's name has up to 64 letters, digits, dots, hyphens and underscores, and begins with a letter or ` +
      `digit. '${name}' does not.`,
  );
}

function notPrivate(path: string, why: string): ClientError {
  return new ClientError('Forbidden', `${path} ${why}. Profiles say where commands send a key.`, { path });
}

function profileIn(text: string, path: string): Profile {
  try {
    const { format, endpoint, region, apiKey } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (format === FORMAT && typeof endpoint === 'string' && isHttpUrl(endpoint) && typeof apiKey === 'string') {
      return { endpoint, apiKey, region: typeof region === 'string' ? region : undefined };
    }
  } catch {
    // reported below, without the text: it may hold a key
  }
  throw new ClientError('BadAnswer', `${path} is not a profile that this version of Varve knows.`, { path });
}
