import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../client/client.ts';
import { ClientError } from '../../client/errors.ts';
import type { Command, Context } from '../command.ts';
import { counted } from '../sizes.ts';
import { line, toned } from '../text.ts';

/** The first question comes soon, as most work is short. */
const FIRST_POLL_MS = 500;
const SLOWER = 1.5;
const MOST_POLL_MS = 5000;
/** Any URL of an export will do: none is shown. */
const URL_SECONDS = 60;

type Outcome = 'PENDING' | 'SUCCEEDED' | 'FAILED';

interface Work {
  readonly id: string;
  /** As the service has it. */
  readonly status: string;
  readonly outcome: Outcome;
}

/** What the states of all that can be waited for come to. */
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  SUCCEEDED: 'SUCCEEDED',
  ACCOMPLISHED: 'SUCCEEDED',
  EXPIRED: 'SUCCEEDED', // an export that had ended
  FAILED: 'FAILED',
  CANCELLED: 'FAILED',
};

export const jobWait: Command = {
  path: 'job wait',
  summary: 'Wait until work of the service has ended: jobs, scrubs, exports, snapshots and copies.',
  details: [
    'The exit code is 0 if all have succeeded, 1 if one has failed or was cancelled, 3 if one does ' +
      'not exist, and 9 if --timeout was over before. Ctrl-C ends the waiting alone.',
  ],
  args: [
    {
      name: 'JOB',
      summary: 'Ids of jobs, scrubs (sc-…), image exports (x-…) or snapshots (s-…).',
      repeated: true,
    },
  ],
  options: [
    {
      name: 'timeout',
      takes: 'duration',
      value: 'DURATION',
      summary: 'Wait no longer than this, such as 90s, 5m or 2h. Default: until the end.',
    },
  ],
  examples: [
    { does: 'Until the space is free', line: 'varve job wait j-01k9f0c2mz4t8v6w3x5y' },
    { does: 'For an hour at most', line: 'varve job wait s-01k9f0c2mz4t8v6w3x5y --timeout 1h' },
  ],
  json: '`{jobs: [{id, status, outcome}]}`: `outcome` is PENDING, SUCCEEDED or FAILED.',
  run: async (context, input) => {
    const client = await context.client();
    const jobs = await untilEnded(context, client, { ids: [...new Set(input.args)], ms: input.number('timeout') });
    context.console.result({ jobs }, () => jobs.map(wordsOf));
    const count = (outcome: Outcome) => jobs.filter((job) => job.outcome === outcome).length;
    const [failed, pending] = [count('FAILED'), count('PENDING')];
    if (failed > 0) {
      const message = `${failed} of ${jobs.length} failed or ${failed === 1 ? 'was' : 'were'} cancelled.`;
      throw new ClientError('JobFailed', message, { failed });
    }
    if (pending > 0) {
      const message =
        `${pending} of ${jobs.length} had not ended when the time was over. ` +
        'The work goes on: wait again, or for longer.';
      throw new ClientError('TimedOut', message, { pending });
    }
  },
};

function wordsOf({ id, status, outcome }: Work) {
  const tone = outcome === 'FAILED' ? 'danger' : outcome === 'PENDING' ? 'warning' : 'ok';
  return line`${id}: ${toned(tone, status)}`;
}

interface Wait {
  readonly ids: readonly string[];
  /** Left out: as long as it takes. */
  readonly ms: number | undefined;
}

/** Those that have ended are not asked for again. */
async function untilEnded({ console, signal }: Context, client: Client, { ids, ms }: Wait): Promise<Work[]> {
  const end = performance.now() + (ms ?? Number.POSITIVE_INFINITY);
  const known = new Map<string, Work>();
  try {
    for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(pollMs * SLOWER, MOST_POLL_MS)) {
      const open = ids.filter((id) => (known.get(id)?.outcome ?? 'PENDING') === 'PENDING');
      for (const id of open) known.set(id, await find(client, id));
      const left = [...known.values()].filter(({ outcome }) => outcome === 'PENDING').length;
      const leftMs = end - performance.now();
      if (left === 0 || leftMs <= 0) return [...known.values()];
      const ended = `${ids.length - left} of ${ids.length} ended`;
      console.line(`waiting for ${counted(left, 'piece')} of work, ${ended}`);
      await sleep(Math.min(pollMs, leftMs), undefined, { signal });
    }
  } finally {
    console.line(undefined);
  }
}

async function find(client: Client, id: string): Promise<Work> {
  const found = await statusOf(client, id);
  if (found === null) throw new ClientError('NotFound', `There is no job '${id}'.`, { job: id });
  return { id, status: found.status, outcome: OUTCOMES[found.status] ?? 'PENDING' };
}

function statusOf(client: Client, id: string): Promise<{ readonly status: string } | null> {
  const [prefix] = id.split('-');
  switch (prefix) {
    case 'sc':
      return client.scrubs.get(id);
    case 'x':
      return client.exports.get(id, URL_SECONDS);
    case 's':
      return client.snapshots.get(id);
    default:
      return client.account.job(id);
  }
}
