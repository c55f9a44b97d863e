import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Route } from './http-server.ts';
import { isPathOf } from './metrics-route.ts';

/**
 * Why the installation takes nothing in just now: `/readyz` says no more to those without a key.
 */
export type NotReady = 'STARTING' | 'CATALOGUE' | 'OBJECTS' | 'READ_ONLY' | 'REBUILDING' | 'SPACE';

/** One question each. True: all is well. What throws, or does not answer in time, is not. */
export type ReadyChecks = Readonly<Partial<Record<NotReady, () => boolean | Promise<boolean>>>>;

/** So long an answer is given again: whoever asks often costs nothing. */
const KEPT_MS = 1_000;
const ANSWER_MS = 2_000;

/** `GET /healthz`: the process answers. */
export const healthRoute: Route = async (request, response) => {
  if (isAsked(request, response, '/healthz')) answer(response, 200, { status: 'ok' });
};

/** `GET /readyz`: 200 while everything can be served, else 503 with the reasons. */
export function readyRoute(checks: ReadyChecks): Route {
  const reasons = keptFor(KEPT_MS, () => reasonsOf(checks));
  return async (request, response) => {
    if (!isAsked(request, response, '/readyz')) return;
    const found = await reasons();
    answer(response, found.length === 0 ? 200 : 503, { ready: found.length === 0, reasons: found });
  };
}

/** While the parts are still being opened. */
export const startingRoute: Route = readyRoute({ STARTING: () => false });

async function reasonsOf(checks: ReadyChecks): Promise<readonly NotReady[]> {
  const asked = Object.entries(checks) as [NotReady, () => boolean | Promise<boolean>][];
  const found = await Promise.all(asked.map(async ([reason, check]) => ((await isWell(check)) ? [] : [reason])));
  return found.flat();
}

async function isWell(check: () => boolean | Promise<boolean>): Promise<boolean> {
  let late: NodeJS.Timeout | undefined;
  const inTime = new Promise<false>((resolve) => {
    late = setTimeout(() => resolve(false), ANSWER_MS);
  });
  try {
    return await Promise.race([(async () => check())(), inTime]);
  } catch {
    return false;
  } finally {
    clearTimeout(late);
  }
}

/** One look at a time, whoever waits for it, and no more than one in `keptMs`. */
function keptFor<T>(keptMs: number, look: () => Promise<T>): () => Promise<T> {
  let known: { readonly value: Promise<T>; until: number } | undefined;
  return () => {
    if (known !== undefined && performance.now() < known.until) return known.value;
    const made = { value: look(), until: Number.POSITIVE_INFINITY };
    known = made;
    const settle = () => {
      made.until = performance.now() + keptMs;
    };
    made.value.then(settle, settle);
    return made.value;
  };
}

/** Where the request asks something else, it is answered. */
function isAsked(request: IncomingMessage, response: ServerResponse, path: string): boolean {
  const { method } = request;
  if (isPathOf(request, path) && (method === 'GET' || method === 'HEAD')) return true;
  const status = isPathOf(request, path) ? 405 : 404;
  response.writeHead(status, { connection: 'close', ...(status === 405 && { allow: 'GET, HEAD' }) }).end();
  return false;
}

function answer(response: ServerResponse, status: number, body: object): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
