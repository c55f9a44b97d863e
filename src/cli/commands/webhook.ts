import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClientError } from '../../client/errors.ts';
import type { Delivery, Webhook, Webhooks } from '../../client/service/webhooks.ts';
import { asking, decide } from '../asking/decide.ts';
import type { Plan } from '../asking/plan.ts';
import type { Command } from '../command.ts';
import { facts } from '../console.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { counted } from '../sizes.ts';
import { type Line, type Piece, state, toned, when, whenExactly, whenKnown } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import { requireChange } from './require-change.ts';

const WEBHOOK_JSON =
  'a webhook: `id url description types enabled disabledReason oldSecretUntil failingSince createdAt`';
const DELIVERY_JSON =
  'a delivery: `eventId type state attempts lastTriedAt lastStatus lastError dueAt createdAt endedAt`';
const WEBHOOK_ARG = { name: 'WEBHOOK', summary: 'Id of the webhook.' };
const TYPE_OPTION = {
  name: 'type',
  takes: 'text',
  value: 'TYPE',
  repeated: true,
  summary: 'Send only events of this type, such as copy.failed. Can be repeated.',
} as const;
const DESCRIPTION_OPTION = {
  name: 'description',
  takes: 'text',
  value: 'TEXT',
  summary: 'A text for people.',
} as const;

function webhookLines(webhook: Webhook): Line[] {
  return facts([
    ['Webhook', webhook.id],
    ['URL', webhook.url],
    ['Description', webhook.description ?? undefined],
    ['Events', webhook.types?.join(', ') ?? 'all'],
    ['State', stateOf(webhook)],
    ['Old secret until', whenKnown(webhook.oldSecretUntil)],
    ['Created', when(webhook.createdAt)],
  ]);
}

function stateOf({ enabled, disabledReason, failingSince }: Webhook): Line {
  if (!enabled) return toned('warning', disabledReason === null ? 'off' : `off: ${disabledReason}`);
  return failingSince === null ? toned('ok', 'on') : [toned('danger', 'failing since '), when(failingSince)];
}

export const webhookAdd: Command = {
  path: 'webhook add',
  summary: 'Have events sent to a receiver. The secret that signs them is shown only now.',
  details: [
    'Each event is a POST that is signed as Standard Webhooks 1.0.0 has it, and is sent at least ' +
      'once. docs/events.md says how a receiver checks it.',
    'The address begins with https:// and is on the internet, unless the operator has opened ' +
      'others (VARVE_WEBHOOK_ALLOW).',
  ],
  args: [{ name: 'URL', summary: 'Where events are sent.' }],
  options: [TYPE_OPTION, DESCRIPTION_OPTION],
  examples: [
    { does: 'Everything', line: 'varve webhook add https://hooks.example.com/varve' },
    {
      does: 'Only what went wrong',
      line: 'varve webhook add https://hooks.example.com/varve --type copy.failed --type damage.found',
    },
  ],
  json: `\`{webhook, secret}\`; ${WEBHOOK_JSON}.`,
  run: async ({ console, client: connect }, input) => {
    const types = input.texts('type');
    const made = await (await connect()).webhooks.create({
      url: input.args[0] as string,
      description: input.text('description'),
      ...(types.length > 0 && { types: [...types] }),
      clientToken: randomUUID(),
    });
    console.result(made, () => [
      ...webhookLines(made.webhook),
      `Secret: ${made.secret ?? 'was shown when it was made'}`,
    ]);
  },
};

export const webhookList: Command = {
  path: 'webhook list',
  summary: 'List the receivers of events.',
  args: [],
  options: [...LIST_OUTPUT],
  examples: [{ does: 'Who is told?', line: 'varve webhook list' }],
  json: `\`{webhooks: [webhook]}\`; ${WEBHOOK_JSON}.`,
  run: async ({ console, client: connect }, input) => {
    const { nodes } = await (await connect()).webhooks.list(1000);
    const empty = 'No webhooks. varve webhook add makes one.';
    showList(console, input, { of: 'webhooks', rows: nodes, columns: COLUMNS, empty });
  },
};

const COLUMNS: readonly Column<Webhook>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'STATE', cell: shortState },
  { head: 'FAILING SINCE', spare: 3, cell: ({ failingSince }) => when(failingSince) },
  { head: 'EVENTS', spare: 2, cell: ({ types }) => types?.join(',') ?? 'all' },
  { head: 'CREATED', spare: 4, cell: ({ createdAt }) => when(createdAt) },
  { head: 'URL', isCut: true, cell: ({ url }) => url },
];

function shortState({ enabled, failingSince }: Webhook): Piece {
  if (!enabled) return toned('warning', 'off');
  return failingSince === null ? toned('ok', 'on') : toned('danger', 'failing');
}

export const webhookUpdate: Command = asking({
  path: 'webhook update',
  summary: 'Change a webhook, or switch it on or off.',
  details: ['Switching it off drops what it was still to be sent. What happens meanwhile is not sent later.'],
  args: [WEBHOOK_ARG],
  options: [
    { name: 'url', takes: 'text', value: 'URL', summary: 'Another address.' },
    TYPE_OPTION,
    { name: 'all-types', takes: 'nothing', summary: 'Send events of all types.' },
    DESCRIPTION_OPTION,
    { name: 'on', takes: 'nothing', summary: 'Send events again.' },
    { name: 'off', takes: 'nothing', summary: 'Send nothing any more.' },
  ],
  examples: [{ does: 'The receiver is back', line: 'varve webhook update wh-1k9f0c2mz4t8v6w3x5y7 --on' }],
  json: `${WEBHOOK_JSON}.`,
  run: async (context, input) => {
    const types = input.texts('type');
    if (input.has('on') && input.has('off'))
      throw new UsageError('--on and --off cannot be given together.', 'webhook update');
    if (types.length > 0 && input.has('all-types'))
      throw new UsageError('--type and --all-types cannot be given together.', 'webhook update');
    const change = {
      url: input.text('url'),
      description: input.text('description'),
      ...(types.length > 0 && { types: [...types] }),
      ...(input.has('all-types') && { types: null }),
      ...((input.has('on') || input.has('off')) && { enabled: input.has('on') }),
    };
    requireChange(input, webhookUpdate);
    const { webhooks } = await context.client();
    const webhookId = input.args[0] as string;
    const doing = `${input.has('off') ? 'switch off' : 'change'} webhook ${webhookId}`;
    if (!(await decide(context, input, () => webhookPlan(webhooks, { webhookId, doing, drops: input.has('off') }))))
      return;
    const webhook = await webhooks.update({ webhookId, ...change });
    context.console.result(webhook, () => webhookLines(webhook));
  },
});

interface WebhookChange {
  readonly webhookId: string;
  readonly doing: string;
  /** Whether what is still to be sent is dropped. */
  readonly drops: boolean;
  readonly forgets?: boolean;
}

async function webhookPlan(webhooks: Webhooks, { webhookId, doing, drops, forgets }: WebhookChange): Promise<Plan> {
  const found = (await webhooks.list(MOST_LISTED)).nodes.find(({ id }) => id === webhookId);
  if (found === undefined) throw new ClientError('NotFound', `There is no webhook '${webhookId}'.`, { webhookId });
  const pending = drops ? (await webhooks.deliveries(webhookId, true, MOST_LISTED)).nodes.length : 0;
  return {
    doing,
    goes: [
      ...(forgets ? [`the webhook of ${found.url}, and its secret`] : []),
      ...(pending === 0 ? [] : [`${counted(pending, 'event')} that it was still to be sent`]),
    ],
    stays: ['the events themselves, for 90 days: varve events'],
    back: forgets
      ? 'It cannot be brought back.'
      : 'Dropped events are not sent later. It can be switched on again: --on',
    refusals: [],
  };
}

const MOST_LISTED = 1000;

export const webhookRemove: Command = asking({
  path: 'webhook remove',
  summary: 'Send a receiver nothing any more, and forget it.',
  args: [WEBHOOK_ARG],
  options: [],
  examples: [{ does: 'Remove it', line: 'varve webhook remove wh-1k9f0c2mz4t8v6w3x5y7' }],
  json: '`{webhookId}`.',
  run: async (context, input) => {
    const { webhooks } = await context.client();
    const webhookId = input.args[0] as string;
    const change = { webhookId, doing: `remove webhook ${webhookId}`, drops: true, forgets: true };
    if (!(await decide(context, input, () => webhookPlan(webhooks, change)))) return;
    const removed = await webhooks.delete(webhookId);
    context.console.result({ webhookId: removed }, () => [`Removed ${removed}.`]);
  },
});

export const webhookRotate: Command = {
  path: 'webhook rotate',
  summary: 'Give a webhook another secret. Both sign until the overlap ends.',
  args: [WEBHOOK_ARG],
  options: [
    {
      name: 'overlap',
      takes: 'count',
      value: 'HOURS',
      summary: 'For how long the old secret signs as well, 0–168 h. Default: 24.',
    },
  ],
  examples: [{ does: 'A new secret', line: 'varve webhook rotate wh-1k9f0c2mz4t8v6w3x5y7' }],
  json: `\`{webhook, secret}\`; ${WEBHOOK_JSON}.`,
  run: async ({ console, client: connect }, input) => {
    const wanted = { webhookId: input.args[0] as string, overlapHours: input.number('overlap') ?? 24 };
    const made = await (await connect()).webhooks.rotate(wanted);
    console.result(made, () => [...webhookLines(made.webhook), `Secret: ${made.secret}`]);
  },
};

const TEST_POLL_MS = 250;
const TEST_WAIT_MS = 30_000;

export const webhookTest: Command = {
  path: 'webhook test',
  summary: 'Send a receiver an event of the type webhook.test, and say how it went.',
  details: ['The exit code is 1 if the receiver did not take it within 30 s. It is tried again all the same.'],
  args: [WEBHOOK_ARG],
  options: [],
  examples: [{ does: 'Is it reached?', line: 'varve webhook test wh-1k9f0c2mz4t8v6w3x5y7' }],
  json: `${DELIVERY_JSON}.`,
  run: async ({ console, client: connect, signal }, { args }) => {
    const { webhooks } = await connect();
    const webhookId = args[0] as string;
    const eventId = await webhooks.test(webhookId);
    const delivery = await tried(webhooks, { webhookId, eventId }, signal);
    if (delivery?.state !== 'DELIVERED') {
      const why = delivery?.lastError ?? 'it was not tried within 30 s';
      throw new ClientError('NotDelivered', `The receiver did not take it: ${why}.`, { webhookId, eventId });
    }
    console.result(delivery, () => [`The receiver took ${eventId} (status ${delivery.lastStatus}).`]);
  },
};

/** How the first try went, or undefined if there was none in time. */
async function tried(
  webhooks: Webhooks,
  { webhookId, eventId }: { readonly webhookId: string; readonly eventId: string },
  signal: AbortSignal,
): Promise<Delivery | undefined> {
  for (let waited = 0; waited < TEST_WAIT_MS; waited += TEST_POLL_MS) {
    const [ended, pending] = await Promise.all([
      webhooks.deliveries(webhookId, false, 50),
      webhooks.deliveries(webhookId, true, 50),
    ]);
    const found = [...ended.nodes, ...pending.nodes].find((delivery) => delivery.eventId === eventId);
    if (found !== undefined && found.attempts > 0) return found;
    await sleep(TEST_POLL_MS, undefined, { signal });
  }
  return undefined;
}

export const webhookDeliveries: Command = {
  path: 'webhook deliveries',
  summary: 'List what a receiver was sent in the last 14 days, or with --pending what it is still to be sent.',
  args: [WEBHOOK_ARG],
  options: [
    { name: 'pending', takes: 'nothing', summary: 'What is still to be sent, in the order of the next try.' },
    { name: 'limit', takes: 'count', value: 'NUMBER', summary: 'The most to list. Default: 100.' },
    ...LIST_OUTPUT,
  ],
  examples: [{ does: 'Why does nothing arrive?', line: 'varve webhook deliveries wh-1k9f0c2mz4t8v6w3x5y7 --pending' }],
  json: `\`{deliveries: [delivery], more}\`; ${DELIVERY_JSON}.`,
  run: async ({ console, client: connect }, input) => {
    const { webhooks } = await connect();
    const limit = input.number('limit') ?? 100;
    const { nodes, more } = await webhooks.deliveries(input.args[0] as string, input.has('pending'), limit);
    const empty = input.has('pending')
      ? 'Nothing is still to be sent.'
      : 'No deliveries. varve webhook test sends an event.';
    showList(console, input, { of: 'deliveries', rows: nodes, more, columns: DELIVERY_COLUMNS, empty });
  },
};

const DELIVERY_COLUMNS: readonly Column<Delivery>[] = [
  { head: 'EVENT', cell: ({ eventId }) => eventId },
  { head: 'TYPE', spare: 1, cell: ({ type }) => type },
  { head: 'STATE', cell: (delivery) => state(delivery.state) },
  { head: 'TRIES', spare: 2, cell: ({ attempts }) => String(attempts) },
  { head: 'NEXT', spare: 3, cell: ({ dueAt }) => whenExactly(dueAt) },
  {
    head: 'LAST TRY',
    isCut: true,
    cell: ({ lastError, lastStatus }) => lastError ?? (lastStatus === null ? '-' : `status ${lastStatus}`),
  },
];
