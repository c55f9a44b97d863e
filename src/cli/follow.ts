import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientError } from '../client/errors.ts';
import type { Context } from './command.ts';

const POLL_MS = 500;

/** Something that the service does while a command waits for it. */
export interface Followed<T> {
  readonly begun: T;
  readonly isOver: (now: T) => boolean;
  /** How far it is, in one line. */
  readonly lineOf: (now: T) => string;
  readonly again: () => Promise<T>;
  /** What somebody is told who does not wait for the end. */
  readonly goesOn: (interrupt: ClientError) => ClientError;
}

/** Shows how far it is until it is over. Ctrl-C ends the waiting alone. */
export async function follow<T>(
  { console, signal }: Pick<Context, 'console' | 'signal'>,
  { begun, isOver, lineOf, again, goesOn }: Followed<T>,
): Promise<T> {
  try {
    for (let now = begun; ; now = await again()) {
      if (isOver(now)) return now;
      console.line(lineOf(now));
      await sleep(POLL_MS, undefined, { signal });
    }
  } catch (error) {
    throw signal.aborted ? goesOn(signal.reason as ClientError) : error;
  } finally {
    console.line(undefined);
  }
}
