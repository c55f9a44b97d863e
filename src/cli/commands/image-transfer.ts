import type { Client } from '../../client/client.ts';
import { ClientError } from '../../client/errors.ts';
import { asking, decide } from '../asking/decide.ts';
import type { Plan } from '../asking/plan.ts';
import type { Command, Context, Input, OptionSpec } from '../command.ts';
import { follow } from '../follow.ts';
import { formatSize } from '../sizes.ts';
import type { Line } from '../text.ts';
import { failureOf, type Problem, waitsText } from './background.ts';

/** A file of an image that the service itself writes or reads. */
interface Transfer {
  readonly id: string;
  readonly status: string;
  readonly doneBytes: number;
  readonly totalBytes: number | null;
  readonly problem: Problem | null;
}

/** With its id as `exportId` or `importId`. */
type Cancelled = Readonly<Record<string, unknown>> & { readonly cancelled: boolean };

/** What sets exports and imports apart. */
export interface TransferKind<T extends Transfer> {
  readonly noun: 'export' | 'import';
  /** How far it is before its size is known. */
  readonly beginning: string;
  readonly find: (client: Client, id: string) => Promise<T>;
  readonly lines: (found: T) => readonly Line[];
  readonly cancel: (client: Client, id: string) => Promise<Cancelled>;
  readonly cancelPlan: (found: T) => Plan;
}

export const NO_WAIT_OPTION: OptionSpec = {
  name: 'no-wait',
  takes: 'nothing',
  summary: 'Begin it, and do not wait for its end.',
};

export function progressText({ doneBytes, totalBytes }: Transfer, beginning: string): string {
  return totalBytes === null ? beginning : `${formatSize(doneBytes)} of ${formatSize(totalBytes)}`;
}

/** Shows how far it is until it is over, unless nobody waits for it, and then what it is. */
export async function showBegun<T extends Transfer>(
  context: Context,
  input: Input,
  { kind, client, id }: { readonly kind: TransferKind<T>; readonly client: Client; readonly id: string },
): Promise<void> {
  const again = () => kind.find(client, id);
  const begun = await again();
  const { noun, beginning } = kind;
  const extra = { [`${noun}Id`]: id };
  const message = `${noun === 'export' ? 'Export' : 'Import'} ${id} goes on: see varve image show-${noun} ${id}.`;
  const followed = {
    begun,
    again,
    isOver: ({ status }: T) => status !== 'RUNNING',
    lineOf: (now: T) => `${progressText(now, beginning)}${waitsText(now.problem)}`,
    goesOn: (interrupt: ClientError) => new ClientError('Interrupted', message, { ...interrupt.extra, ...extra }),
  };
  const found = input.has('no-wait') ? begun : await follow(context, followed);
  context.console.result(found, () => kind.lines(found));
  if (found.status === 'FAILED') throw failureOf(found.problem, extra);
}

/** The command that ends one, which has its id as its argument. */
export function cancelling<T extends Transfer>(
  command: Pick<Command, 'path' | 'summary' | 'args' | 'examples'>,
  { noun, find, cancel, cancelPlan }: TransferKind<T>,
): Command {
  return asking({
    ...command,
    details: [`An ${noun} that has ended stays as it is.`],
    options: [],
    json: `\`{${noun}Id, cancelled}\`.`,
    run: async (context, input) => {
      const client = await context.client();
      const id = input.args[0] as string;
      if (!(await decide(context, input, async () => cancelPlan(await find(client, id))))) return;
      const done = await cancel(client, id);
      const ended = String(done[`${noun}Id`]);
      const told = done.cancelled ? `Cancelled ${ended}.` : `${ended} had ended: nothing was done.`;
      context.console.result(done, () => [told]);
    },
  } satisfies Command);
}
