import { createInterface } from 'node:readline';
import { ClientError } from '../../client/errors.ts';
import type { Command, Context, Input, OptionSpec } from '../command.ts';
import { MANUAL_COLUMNS } from '../wrap.ts';
import { type Plan, planFields, planLines } from './plan.ts';

/** Of every command that deletes or overwrites. */
export const ASKING_OPTIONS: readonly OptionSpec[] = [
  { name: 'dry-run', takes: 'nothing', summary: 'Change nothing. Show what would go, and what stays.' },
  { name: 'yes', takes: 'nothing', summary: 'Do not ask on a terminal. Also: -y.' },
];

/** What `--dry-run` prints under `--json`, where a command has no other form. */
export const DRY_RUN_JSON = '`{dryRun, doing, goes[], stays[], back, refusals[]}`, all texts';

/** Marks a command that deletes or overwrites, and gives it the options for that. */
export function asking<Asking extends Pick<Command, 'options' | 'json'>>(command: Asking): Asking & { asks: true } {
  const own = new Set(command.options.map(({ name }) => name));
  const options = [...command.options, ...ASKING_OPTIONS.filter(({ name }) => !own.has(name))];
  const json = own.has('dry-run') ? command.json : `${command.json} With --dry-run: ${DRY_RUN_JSON}.`;
  return { ...command, options, json, asks: true };
}

/** A second way of doing it, which the question offers. */
export interface OtherWay {
  /** The letter that chooses it. */
  readonly key: string;
  readonly says: string;
}

export type Choice = 'DRY' | 'GO' | 'OTHER';

/**
 * Whether to go on: asks on a terminal, unless `--yes` is given or nothing is lost. With
 * `--dry-run` it prints the plan. Throws `Declined` where the answer is not yes.
 */
export async function decide(context: Context, input: Input, plan: MakePlan): Promise<boolean> {
  return (await choose(context, input, plan)) !== 'DRY';
}

/** Asked only where somebody looks at the answer: it costs calls. */
export type MakePlan = () => Promise<Plan> | Plan;

export async function choose(context: Context, input: Input, makePlan: MakePlan, other?: OtherWay): Promise<Choice> {
  const { console, consent } = context;
  if (input.has('dry-run')) {
    const plan = await makePlan();
    const form = { begin: 'Would', columns: console.columns || MANUAL_COLUMNS, times: console.times };
    console.result({ dryRun: true, ...planFields(plan) }, () => planLines(plan, form));
    return 'DRY';
  }
  const choice = mayAsk(context) && !input.has('yes') ? await ask(context, await makePlan(), other) : 'GO';
  consent.isGiven = true;
  return choice;
}

/** Somebody types, and sees what is asked. */
export function mayAsk({ stdin, console }: Context): boolean {
  return stdin?.isTTY === true && console.rewrites;
}

async function ask({ console, stdin, signal }: Context, plan: Plan, other: OtherWay | undefined): Promise<Choice> {
  if (plan.goes.length === 0) return 'GO';
  const columns = console.widthOfErrors ?? MANUAL_COLUMNS;
  console.ask(planLines(plan, { begin: 'This will', columns, times: console.times }));
  const keys = other === undefined ? 'y/N' : `y/${other.key}/N; ${other.key}: ${other.says}`;
  console.ask([], `Go on? [${keys}] `);
  const answer = await readAnswer(stdin as NodeJS.ReadStream, signal).catch((error: unknown) => {
    console.ask(['']);
    throw error;
  });
  const said = answer?.trim().toLowerCase();
  if (said === 'y' || said === 'yes') return 'GO';
  if (other !== undefined && said === other.key) return 'OTHER';
  if (answer === undefined) console.ask(['']);
  throw new ClientError('Declined', 'Nothing was changed.');
}

/** One line; undefined at the end of the input. Ctrl-C aborts the signal. */
function readAnswer(stdin: NodeJS.ReadStream, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: stdin, terminal: false });
    const stop = () => {
      const extra = signal.reason instanceof ClientError ? signal.reason.extra : {};
      reject(new ClientError('Interrupted', 'Stopped. Nothing was changed.', extra));
      lines.close();
    };
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.once('close', () => {
      signal.removeEventListener('abort', stop);
      resolve(undefined);
    });
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}
