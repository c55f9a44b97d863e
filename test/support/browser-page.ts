import { randomUUID } from 'node:crypto';
import type { HttpEvent, HttpResult } from '../../src/service/api/http-event.ts';
import type { TestApi, Told } from './api.ts';

/** What a request of a page says of itself. Left out: as a page of the console's own. */
export interface Sent {
  readonly host?: string;
  /** Null: the browser sends none. */
  readonly origin?: string | null;
  readonly site?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly address?: string;
  readonly peer?: string;
}

export interface Page {
  /** Status, body, and what the answer sets. Its cookie is kept, as a browser does. */
  session(method: string, body?: object, sent?: Sent): Promise<Answered>;
  ask(query: string, sent?: Sent): Promise<Answered>;
  /** `name=value` as it would be sent. */
  cookie(): string | undefined;
}

export interface Answered {
  readonly status: number;
  readonly headers: HttpResult['headers'];
  readonly cookies: readonly string[];
  readonly body: Told;
}

export const OWN_HOST = '127.0.0.1:4100';

/** A page in a browser of its own; `api` answers it. */
export function openPage({ invoke, session }: Pick<TestApi, 'invoke' | 'session'>, from: Sent = {}): Page {
  let cookie: string | undefined;
  const send = async (path: string, method: string, body: object | undefined, sent: Sent): Promise<Answered> => {
    const event = eventOf({ path, method, body, cookie }, { ...from, ...sent });
    const answer = await (path === '/graphql' ? invoke : session)(event);
    const { statusCode: status, headers, cookies = [] } = answer;
    for (const set of cookies) cookie = set.includes('Max-Age=0') ? undefined : set.split(';')[0];
    return { status, headers, cookies, body: answer.body === '' ? undefined : JSON.parse(answer.body) };
  };
  return {
    session: (method, body, sent = {}) => send('/console/session', method, body, sent),
    ask: (query, sent = {}) =>
      send('/graphql', 'POST', { query }, { ...sent, headers: { 'x-varve-console': '1', ...sent.headers } }),
    cookie: () => cookie,
  };
}

interface Asked {
  readonly path: string;
  readonly method: string;
  readonly body: object | undefined;
  readonly cookie: string | undefined;
}

function eventOf(
  { path, method, body, cookie }: Asked,
  { host = OWN_HOST, origin = `http://${host}`, site = 'same-origin', headers = {}, address, peer }: Sent,
): HttpEvent {
  return {
    headers: {
      host,
      ...(origin !== null && method !== 'GET' && { origin }),
      'sec-fetch-site': site,
      'content-type': 'application/json',
      'user-agent': 'Browser/1',
      ...(cookie !== undefined && { cookie }),
      ...headers,
    },
    rawPath: path,
    rawQueryString: '',
    body: body === undefined ? null : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: { requestId: randomUUID(), http: { method, sourceIp: address ?? '192.0.2.1', peer } },
  };
}
