import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** Told instead of what the store would say. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
}

/** How the store behaves at present; a test changes it as it goes. */
export interface Moods {
  /** Before each request, up to so many milliseconds, by turns. */
  latencyMs: number;
  /** Each request of so many is answered `SlowDown`; 0: none is. */
  slowDownEach: number;
  refuse: (asked: Asked) => Refusal | undefined;
  /** What is said in the place of an object's bytes. */
  bytes: (asked: Asked, bytes: Buffer) => Buffer;
  /** What an acknowledged PUT leaves out. */
  forgets: (asked: Asked) => boolean;
}

export interface MoodyStore extends AsyncDisposable {
  readonly url: string;
  readonly moods: Moods;
  readonly requests: readonly Asked[];
}

/** `strict`: holds conditions and checksums for a store that does not. */
export interface MoodyOptions extends Partial<Moods> {
  readonly strict: boolean;
}

const CALM: Moods = {
  latencyMs: 0,
  slowDownEach: 0,
  refuse: () => undefined,
  bytes: (_, bytes) => bytes,
  forgets: () => false,
};

/** Stands before a store that speaks S3. Requests reach it as they were signed. */
export async function moodyStore(target: string, { strict, ...given }: MoodyOptions): Promise<MoodyStore> {
  const moods: Moods = { ...CALM, ...given };
  const requests: Asked[] = [];
  const turns = new Map<string, Promise<unknown>>();
  const inTurn = (path: string, work: () => Promise<void>) => {
    const after = (turns.get(path) ?? Promise.resolve()).then(work, work);
    turns.set(path, after);
    return after;
  };
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const body = await buffer(incoming);
    const asked = { method: incoming.method ?? '', path: decodeURIComponent((incoming.url ?? '').split('?')[0] ?? '') };
    const count = requests.push(asked);
    if (moods.latencyMs > 0) await sleep((count * 7) % moods.latencyMs);
    const isSlowed = moods.slowDownEach > 0 && count % moods.slowDownEach === 0;
    const refusal = isSlowed ? { status: 503, code: 'SlowDown' } : moods.refuse(asked);
    if (refusal !== undefined) return tell(outgoing, refusal);
    if (asked.method === 'PUT' && moods.forgets(asked)) return void outgoing.writeHead(200, { etag: '"0"' }).end();
    const pass = async () => {
      const broken = strict && asked.method === 'PUT' ? await brokenCondition(target, incoming, body) : undefined;
      if (broken !== undefined) return tell(outgoing, broken);
      const back = await forward(target, incoming, body);
      const bytes = asked.method === 'GET' && back.status === 200 ? moods.bytes(asked, back.body) : back.body;
      outgoing.writeHead(back.status, withLength(back.headers, asked.method, bytes)).end(bytes);
    };
    return asked.method === 'PUT' ? inTurn(asked.path, pass) : pass();
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    moods,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function withLength(headers: IncomingMessage['headers'], method: string, body: Buffer): IncomingMessage['headers'] {
  const { 'transfer-encoding': _, ...rest } = headers;
  return method === 'HEAD' ? rest : { ...rest, 'content-length': `${body.length}` };
}

function tell(outgoing: ServerResponse, { status, code, headers = {} }: Refusal): void {
  outgoing.writeHead(status, { 'content-type': 'application/xml', ...headers });
  outgoing.end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
}

/** As AWS's S3 answers. */
async function brokenCondition(target: string, incoming: IncomingMessage, body: Buffer): Promise<Refusal | undefined> {
  const { 'if-none-match': absent, 'if-match': etag, 'x-amz-checksum-sha256': sum } = incoming.headers;
  if (!incoming.url?.includes('X-Amz-Signature=') && incoming.headers.authorization === undefined)
    return { status: 403, code: 'AccessDenied' };
  if (sum !== undefined && sum !== hash('sha256', body, 'base64')) return { status: 400, code: 'BadDigest' };
  if (absent === undefined && etag === undefined) return undefined;
  const there = await fetch(new URL(incoming.url?.split('?')[0] ?? '/', target), { method: 'HEAD' });
  if (absent === '*') return there.ok ? { status: 412, code: 'PreconditionFailed' } : undefined;
  if (!there.ok) return { status: 404, code: 'NoSuchKey' };
  return there.headers.get('etag') === etag ? undefined : { status: 412, code: 'PreconditionFailed' };
}

async function forward(target: string, { headers, method = 'GET', url }: IncomingMessage, body: Buffer) {
  const onward = request(new URL(url ?? '/', target), { method, headers });
  onward.end(body);
  const [back] = (await once(onward, 'response')) as [IncomingMessage];
  return { status: back.statusCode ?? 500, headers: back.headers, body: await buffer(back) };
}
