import { asking, decide } from '../asking/decide.ts';
import type { Command } from '../command.ts';
import { facts } from '../console.ts';
import { UsageError } from '../usage-error.ts';
import { ACCOUNT_ARG, callFunction, FOR_OPERATORS, FUNCTION_OPTION } from './operator-function.ts';

export const accountCreate: Command = {
  path: 'account create',
  summary: 'Make an account and an administrator’s key, which is shown only now.',
  details: [...FOR_OPERATORS, 'If the account exists, it makes one more key.'],
  args: [ACCOUNT_ARG],
  options: [
    { name: 'name', takes: 'text', value: 'NAME', summary: 'Name of the account, for people. Default: its id.' },
    FUNCTION_OPTION,
  ],
  examples: [
    { does: 'A second account on this machine', line: 'varve account create team-b' },
    { does: 'One on AWS', line: 'varve account create team-a --function varve-production-account' },
  ],
  json: '`{accountId, apiKey}`: `apiKey` is its text.',
  run: async (context, input) => {
    const event = { account: input.args[0], name: input.text('name') };
    const shape = { accountId: 'string', apiKey: 'string' } as const;
    const made = (await callFunction(context, input, event, shape)) as Made;
    context.console.result(made, () => [
      ...facts([
        ['Account', made.accountId],
        ['API key', made.apiKey],
      ]),
      'Commands with VARVE_API_KEY set to this key work in the account.',
    ]);
  },
};

export const accountArrears: Command = asking({
  path: 'account arrears',
  summary: 'Mark an account as in arrears, or as paid.',
  details: [
    ...FOR_OPERATORS,
    'After 24 hours in arrears no snapshots are made. After 15 days, snapshots that nothing was made from are deleted.',
    'If the account is already in arrears, the instant of its first mark counts.',
  ],
  args: [ACCOUNT_ARG],
  options: [
    {
      name: 'since',
      takes: 'text',
      value: 'INSTANT',
      summary:
        'In arrears since this earlier instant, such as 2026-01-31T00:00:00Z, at most 24 hours ago. Default: now.',
    },
    {
      name: 'yes-delete-now',
      takes: 'nothing',
      summary: 'Take a --since that is longer ago. Snapshots that are due by it are deleted at once.',
    },
    { name: 'paid', takes: 'nothing', summary: 'The account has paid. The service is restored at once.' },
    FUNCTION_OPTION,
  ],
  examples: [
    { does: 'It does not pay', line: 'varve account arrears team-b' },
    { does: 'It has paid', line: 'varve account arrears team-b --paid' },
  ],
  json: '`{accountId, arrearsSince}`: `arrearsSince` is null if it has paid.',
  run: async (context, input) => {
    const since = input.text('since');
    const yesDeleteNow = input.has('yes-delete-now');
    if (since !== undefined && input.has('paid')) {
      throw new UsageError('Give --since or --paid, not both.', 'account arrears');
    }
    if (since === undefined && yesDeleteNow) {
      throw new UsageError('--yes-delete-now goes with --since.', 'account arrears');
    }
    const account = input.args[0] as string;
    const event = { account, inArrears: !input.has('paid'), since, yesDeleteNow };
    const plan = () => ({
      doing: `mark account ${account} as ${event.inArrears ? `in arrears since ${since ?? 'now'}` : 'paid'}`,
      goes: yesDeleteNow ? ['its snapshots that are due by it, at once'] : [],
      stays: ['snapshots that a disk or an image was made from'],
      back: 'They cannot be brought back.',
      refusals: [],
    });
    if (!(await decide(context, input, plan))) return;
    const shape = { accountId: 'string', arrearsSince: ['nullable', 'string'] } as const;
    const standing = (await callFunction(context, input, event, shape)) as Standing;
    context.console.result(standing, () => [
      standing.arrearsSince === null
        ? `Account ${standing.accountId} has paid.`
        : `Account ${standing.accountId} is in arrears since ${standing.arrearsSince}.`,
    ]);
  },
});

interface Made {
  readonly accountId: string;
  readonly apiKey: string;
}

interface Standing {
  readonly accountId: string;
  readonly arrearsSince: string | null;
}
