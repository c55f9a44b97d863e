import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to a request instead of being forwarded, or to its answer. */
export type Fault =
  | 'reset'
  | 'hang'
  /** Forwarded, and the answer's body ends half way. */
  | 'cut'
  /** Forwarded, and half way the answer's body goes on no more. */
  | 'stall'
  /** Forwarded, and the connection is reset instead of an answer. */
  | 'lost'
  /**
   * Not forwarded; the error is answered in the form of the service that is asked. `reasons`: for
   * which a transaction was cancelled.
   */
  | { readonly status: number; readonly code: string; readonly reasons?: readonly string[] }
  /** Forwarded, and then this error is answered. */
  | { readonly done: string; readonly status?: number; readonly message?: string };

export interface FaultyProxy {
  readonly url: string;
  /** The next requests meet these faults, one each; those after them are forwarded. */
  readonly next: (...faults: Fault[]) => void;
  /**
   * From now on all requests meet this fault, after those that are planned; without one, none does.
   */
  readonly always: (fault?: Fault) => void;
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
  let everyOther: Fault | undefined;
  let requests = 0;
  let isDown = false;
  const server = createServer((incoming, outgoing) => {
    requests++;
    if (isDown) return void incoming.socket.resetAndDestroy();
    const fault = faults.shift() ?? everyOther;
    if (fault === 'reset') incoming.socket.resetAndDestroy();
    else if (fault === 'hang') incoming.resume();
    else if (typeof fault === 'object' && 'code' in fault) {
      incoming.resume().on('end', () => tellError(incoming, outgoing, fault));
    } else forward(target, { incoming, outgoing, fault });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: (...planned) => {
      faults = planned;
    },
    always: (fault) => {
      everyOther = fault;
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

type Told = Extract<Fault, { code: string }> & { readonly message?: string };

function tellError(incoming: IncomingMessage, outgoing: ServerResponse, told: Told) {
  const { status, code, message = 'planned', reasons } = told;
  if (!speaksJson(incoming)) {
    outgoing.writeHead(status, { 'content-type': 'application/xml' });
    return outgoing.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`);
  }
  outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': code });
  const more = reasons && { CancellationReasons: reasons.map((Code) => ({ Code })) };
  return outgoing.end(JSON.stringify({ __type: `com.amazonaws#${code}`, message, ...more }));
}

/** DynamoDB, SQS and KMS name the operation in a header, Lambda in its path. */
function speaksJson({ headers, url }: IncomingMessage): boolean {
  return 'x-amz-target' in headers || url?.startsWith('/2015-03-31/functions/') === true;
}

interface Forwarded {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly fault: 'cut' | 'stall' | 'lost' | Extract<Fault, { done: string }> | undefined;
}

function forward(target: string, { incoming, outgoing, fault }: Forwarded): void {
  const { method, url, headers } = incoming;
  const onward = request(new URL(url ?? '/', target), { ...(method && { method }), headers }, (back) => {
    if (fault === 'lost' || typeof fault === 'object') {
      back.resume().on('end', () => {
        if (fault === 'lost') incoming.socket.resetAndDestroy();
        else tellError(incoming, outgoing, { status: 400, ...fault, code: fault.done });
      });
      return;
    }
    outgoing.writeHead(back.statusCode ?? 500, back.headers);
    if (fault === undefined) return void back.pipe(outgoing);
    back.once('data', (chunk: Buffer) => {
      outgoing.write(chunk.subarray(0, chunk.length / 2), () => {
        if (fault === 'cut') outgoing.destroy();
      });
      back.destroy();
    });
    back.once('end', () => {
      if (fault === 'cut') outgoing.destroy();
    });
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
