import { createHash } from 'node:crypto';
import type { WebFiles } from '../platform/program/web-files.ts';
import { cachingOf, contentTypeOf, PAGE_HEADERS } from './headers.ts';

/** What is looked at of a request. */
export interface PageRequest {
  readonly method: string;
  /** Without a query, as it was sent. */
  readonly path: string;
  readonly header: (name: string) => string | undefined;
}

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Answers for files of pages; undefined for what is none of them. */
export type Pages = (request: PageRequest) => Promise<PageAnswer | undefined>;

export interface PageOptions {
  /** Whether GraphiQL is among them. */
  readonly graphiql: boolean;
}

const NOTHING = new Uint8Array();

/** The console at `/`, and GraphiQL at `/graphiql/`. They need no credential: they hold no data. */
export function createPages(files: WebFiles, { graphiql }: PageOptions): Pages {
  /** By the name of the form that is sent. Files do not change while a process runs. */
  const tags = new Map<string, string>();
  return async ({ method, path, header }) => {
    const name = nameOf(path, graphiql);
    if (name === undefined) return undefined;
    const names = await files.names();
    if (!names.has(name) || isForm(name)) return undefined;
    if (method !== 'GET' && method !== 'HEAD')
      return { status: 405, headers: { ...PAGE_HEADERS, allow: 'GET, HEAD' }, body: NOTHING };
    const form = formOf(name, names, header('accept-encoding') ?? '');
    const bytes = await files.read(form.name);
    const tag = tags.get(form.name) ?? tagOf(bytes);
    tags.set(form.name, tag);
    const headers = {
      ...PAGE_HEADERS,
      'content-type': contentTypeOf(name),
      'cache-control': cachingOf(name),
      etag: tag,
      vary: 'accept-encoding',
      ...(form.encoding !== undefined && { 'content-encoding': form.encoding }),
    };
    if (isKnown(header('if-none-match'), tag)) return { status: 304, headers, body: NOTHING };
    const length = { ...headers, 'content-length': String(bytes.length) };
    return { status: 200, headers: length, body: method === 'HEAD' ? NOTHING : bytes };
  };
}

/**
 * Deep links are pages that the console makes itself. All else is a file by its name: the set of
 * names decides, so a path leads nowhere else.
 */
function nameOf(path: string, graphiql: boolean): string | undefined {
  if (/^\/graphiql(\/|$)/.test(path)) {
    if (!graphiql) return undefined;
    return `graphiql/${path.replace(/^\/graphiql\/?/, '') || 'index.html'}`;
  }
  if (/^\/($|(r|go)(\/|$))/.test(path)) return 'console/index.html';
  return `console${path}`;
}

/** In the order in which they are taken: the smallest first. */
const FORMS = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
] as const;

const isForm = (name: string) => FORMS.some(({ ending }) => name.endsWith(ending));

function formOf(
  name: string,
  names: ReadonlySet<string>,
  accepted: string,
): { readonly name: string; readonly encoding?: string } {
  const found = FORMS.find(({ encoding, ending }) => takes(accepted, encoding) && names.has(`${name}${ending}`));
  return found === undefined ? { name } : { name: `${name}${found.ending}`, encoding: found.encoding };
}

function takes(accepted: string, encoding: string): boolean {
  return accepted.split(',').some((part) => {
    const [coding, ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    return coding === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

function tagOf(bytes: Uint8Array): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
}

function isKnown(given: string | undefined, tag: string): boolean {
  return given?.split(',').some((known) => known.trim().replace(/^W\//, '') === tag) === true;
}
