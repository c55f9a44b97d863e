import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { noteOf, type RequestNote, unitsOf } from './request-note.ts';

/**
 * Preloaded into the processes of an installation, in a run that nobody times: writes down each
 * request that they send to AWS's services, and has DynamoDB say what each one consumes.
 */
const file = process.env.BENCH_REQUESTS;
const DYNAMO = 'DynamoDB_';

if (file !== undefined)
  subscribe('http.client.request.created', (message) => watch((message as Created).request, file));

interface Created {
  readonly request: ClientRequest;
}

function watch(request: ClientRequest, to: string): void {
  const header = (name: string) => String(request.getHeader(name) ?? '');
  const target = header('x-amz-target');
  const note = noteOf({ method: request.method, path: request.path, target, authorization: header('authorization') });
  if (note === undefined) return;
  const write = (units: Partial<RequestNote>) => appendFileSync(to, `${JSON.stringify({ ...note, ...units })}\n`);
  if (!target.startsWith(DYNAMO)) {
    write({});
    return;
  }
  askForUnits(request);
  request.once('response', (response) => collect(response, (body) => write(unitsOf(note, body))));
}

/** The client gives the body whole with `end`, and nothing has been sent before. */
function askForUnits(request: ClientRequest): void {
  const end = request.end.bind(request) as (body?: unknown) => ClientRequest;
  request.end = ((body?: unknown) => {
    if (typeof body !== 'string' && !(body instanceof Uint8Array)) return end(body);
    const asked = JSON.parse(Buffer.from(body as string).toString()) as object;
    const changed = Buffer.from(JSON.stringify({ ...asked, ReturnConsumedCapacity: 'TOTAL' }));
    request.setHeader('content-length', changed.length);
    return end(changed);
  }) as typeof request.end;
}

/** Sees what the parser gives to the reader, without reading itself. */
function collect(response: IncomingMessage, done: (body: string) => void): void {
  const parts: Buffer[] = [];
  const push = response.push.bind(response);
  response.push = (chunk: Buffer | null, ...rest) => {
    if (chunk === null) done(Buffer.concat(parts).toString());
    else parts.push(Buffer.from(chunk));
    return push(chunk, ...rest);
  };
}
