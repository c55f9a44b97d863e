import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a receiver was sent. */
export interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A receiver of webhooks that behaves as it is told. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** How it answers from now on. */
  behave(how: Behaviour): void;
  close(): Promise<void>;
}

export type Behaviour = (request: Received, response: ServerResponse) => void;

export const answers =
  (status: number, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  (_, response) =>
    void response.writeHead(status, headers).end('thanks');

export const BEHAVIOURS = {
  takes: answers(204),
  fails: answers(500),
  isGone: answers(410),
  redirects: answers(302, { location: 'http://127.0.0.1:1/elsewhere' }),
  /** Says that it is longer than it is, and keeps the connection. */
  liesAboutLength: (_, response) => void response.writeHead(200, { 'content-length': '1000000' }).write('short'),
  /** A body without an end. */
  neverEnds: (_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('x'.repeat(1024)), 5);
    response.once('close', () => clearInterval(timer));
  },
  neverAnswers: () => undefined,
  hangsUp: (_, response) => void response.socket?.destroy(),
  /** Two answers to one request. */
  answersTwice: (_, response) => {
    const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
    response.socket?.write(answer + answer.replace('200 OK', '500 No'));
  },
  saysNonsense: (_, response) => void response.socket?.end('no HTTP at all\r\n\r\n'),
} as const satisfies Readonly<Record<string, Behaviour>>;

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let behaviour: Behaviour = BEHAVIOURS.takes;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const one = { headers: request.headers, body };
      received.push(one);
      behaviour(one, response);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    behave: (how) => {
      behaviour = how;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

/**
 * As a receiver checks it, by the text of Standard Webhooks: whether one of the signatures is good.
 */
export function isSigned({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const good = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(good);
}
