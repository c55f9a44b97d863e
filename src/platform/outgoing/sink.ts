/** An event, as those are sent it that the operator has named. */
export interface SinkEvent {
  readonly id: string;
  readonly accountId: string;
  readonly type: string;
  readonly at: string;
  /** The same JSON that webhooks get. */
  readonly body: string;
}

/** Where an installation sends the events of all its accounts. */
export interface EventSink {
  readonly name: 'EVENTBRIDGE' | 'MAIL';
  /** Only these types; absent for all. */
  readonly types?: readonly string[];
  /** How many it is given at a time. */
  readonly most: number;
  /** Whether a worker is woken for each event. Otherwise they wait for the janitor's next round. */
  readonly atOnce: boolean;
  /** Which of them were taken, in their order. Throws if that is not known. Again is harmless. */
  deliver(events: readonly SinkEvent[]): Promise<readonly boolean[]>;
}
