import type { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { awsSettings } from '../aws-settings.ts';
import { type RetryLimits, withRetries } from '../retry.ts';
import type { EventSink, SinkEvent } from './sink.ts';

const MOST_ENTRIES = 10; // EventBridge PutEvents
const RETRY: RetryLimits = { attempts: 4, attemptMs: 6000, totalMs: 15_000, firstWaitMs: 100, longestWaitMs: 2000 };
const SOURCE = 'varve';

interface EventBridgeParts {
  readonly client: EventBridgeClient;
  readonly PutEventsCommand: typeof PutEventsCommand;
}

export interface EventBridgeOptions {
  /** Name or ARN. */
  readonly bus: string;
  /** In [0, 1): spreads retries. */
  readonly random: () => number;
  readonly retry?: Partial<RetryLimits>;
}

/**
 * A bus of Amazon EventBridge. One request can fail in part: then each entry says whether it was
 * taken. The client is loaded when it is needed.
 */
export function createEventBridge({ bus, random, retry }: EventBridgeOptions): EventSink {
  let loaded: Promise<EventBridgeParts> | undefined;
  return {
    name: 'EVENTBRIDGE',
    most: MOST_ENTRIES,
    atOnce: true,
    deliver: async (events) => {
      loaded ??= load();
      const { client, PutEventsCommand: Command } = await loaded;
      const command = new Command({ Entries: events.map((event) => entryOf(bus, event)) });
      const patience = { ...RETRY, ...retry, what: 'EventBridge', random };
      const { Entries: entries = [] } = await withRetries(patience, (abortSignal) =>
        client.send(command, { abortSignal }),
      );
      return events.map((_, at) => entries[at] !== undefined && entries[at].ErrorCode === undefined);
    },
  };
}

const entryOf = (bus: string, { type, at, body }: SinkEvent) => ({
  EventBusName: bus,
  Source: SOURCE,
  DetailType: type,
  Detail: body,
  Time: new Date(at),
});

async function load(): Promise<EventBridgeParts> {
  const { EventBridgeClient: Client, PutEventsCommand: Command } = await import('@aws-sdk/client-eventbridge');
  return { client: new Client(awsSettings()), PutEventsCommand: Command };
}
