import type { EventSink, SinkEvent } from './sink.ts';

export interface MailOptions {
  /** `smtp://` or `smtps://`, with user name and password where the server wants them. */
  readonly url: string;
  readonly to: string;
  readonly from: string;
  readonly types: readonly string[];
}

/** In one mail. */
const MOST_EVENTS = 200;
const SOCKET_MS = 20_000;

/**
 * Mails what has happened, as a digest: all that waits goes into one mail. The client is loaded
 * when it is needed.
 */
export function createMail({ url, to, from, types }: MailOptions): EventSink {
  return {
    name: 'MAIL',
    types,
    most: MOST_EVENTS,
    atOnce: false,
    deliver: async (events) => {
      const { createTransport } = await import('nodemailer');
      const transport = createTransport({
        url,
        connectionTimeout: SOCKET_MS,
        greetingTimeout: SOCKET_MS,
        socketTimeout: SOCKET_MS,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      try {
        await transport.sendMail({ from, to, subject: subjectOf(events), text: digestOf(events) });
      } finally {
        transport.close();
      }
      return events.map(() => true);
    },
  };
}

function subjectOf(events: readonly SinkEvent[]): string {
  const [first] = events;
  return events.length === 1 ? `Varve: ${first?.type}` : `Varve: ${events.length} events`;
}

/** How many of each type, then each in its order. */
export function digestOf(events: readonly SinkEvent[]): string {
  const counts = Map.groupBy(events, ({ type }) => type);
  const lines = events.map(({ at, accountId, body }) => `${at}  ${accountId}\n    ${body}`);
  return [...[...counts].map(([type, { length }]) => `${length} × ${type}`), '', ...lines, ''].join('\n');
}
