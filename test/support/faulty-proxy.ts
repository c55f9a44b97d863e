import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What happens to a request instead of being forwarded. `cut` forwards it, but ends the answer's body half way; `done` forwards it,
 * and then answers that error of DynamoDB's.
 */
export type Fault =
  | 'reset'
  | 'hang'
  | 'cut'
  | { readonly status: number; readonly code: string }
  | { readonly done: string; readonly message?: string };

export interface FaultyProxy {
  readonly url: string;
  /** The next requests meet these faults, one each; those after them are forwarded. */
  readonly next: (...faults: Fault[]) => void;
  /** Faults that no request has met yet: a test ends with 0. */
  readonly unused: () => number;
  readonly requests: () => number;
  /** While it is down, every connection is reset, whatever is planned. */
  readonly down: (isDown: boolean) => void;
  readonly close: () => Promise<void>;
}

/** Stands before a real engine and makes trouble on the wire. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  let faults: Fault[] = [];
  let requests = 0;
  let isDown = false;
  const server = createServer((incoming, outgoing) => {
    requests++;
    if (isDown) return void incoming.socket.resetAndDestroy();
    const fault = faults.shift();
    if (fault === undefined || fault === 'cut' || (typeof fault === 'object' && 'done' in fault))
      forward(target, incoming, outgoing, fault);
    else if (fault === 'reset') incoming.socket.resetAndDestroy();
    else if (fault !== 'hang') answer(incoming, outgoing, fault);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: (...planned) => {
      faults = planned;
    },
    unused: () => faults.length,
    requests: () => requests,
    down: (wanted) => {
      isDown = wanted;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(incoming: IncomingMessage, outgoing: ServerResponse, fault: { status: number; code: string }): void {
  incoming.resume();
  incoming.on('end', () => {
    outgoing.writeHead(fault.status, { 'content-type': 'application/xml' });
    outgoing.end(`<?xml version="1.0"?><Error><Code>${fault.code}</Code><Message>planned</Message></Error>`);
  });
}

function forward(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  fault: 'cut' | { done: string; message?: string } | undefined,
): void {
  const { method, url, headers } = incoming;
  const onward = request(new URL(url ?? '/', target), { ...(method && { method }), headers }, (back) => {
    if (typeof fault === 'object') {
      outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      const { done, message = 'planned' } = fault;
      outgoing.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${done}`, message }));
      return back.resume();
    }
    outgoing.writeHead(back.statusCode ?? 500, back.headers);
    if (fault === undefined) return back.pipe(outgoing);
    return back.once('data', (chunk: Buffer) => {
      outgoing.write(chunk.subarray(0, chunk.length / 2), () => outgoing.destroy());
      back.destroy();
    });
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
