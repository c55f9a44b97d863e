import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { markInArrears } from '../../src/service/accounts/arrears.ts';
import { MOST_WEBHOOKS } from '../../src/service/model/webhooks/rows.ts';
import { sweepWebhooks } from '../../src/service/webhooks/sweep.ts';
import { createTestApi, REGION, type TestAccount, type TestApi } from '../support/api.ts';
import { eventsOf, placeAll } from '../support/events.ts';
import { answers, BEHAVIOURS, isSigned, type Receiver, startReceiver } from '../support/receiver.ts';
import {
  CREATE_WEBHOOK,
  createWebhook,
  DELETE_WEBHOOK,
  deliver,
  deliveriesOf,
  dueOf,
  getWebhook,
  ROTATE_SECRET,
  TEST_WEBHOOK,
  UPDATE_WEBHOOK,
} from '../support/webhooks.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let api: TestApi;
let receiver: Receiver;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  account = await api.createAccount();
  receiver = await startReceiver();
  return () => receiver.close();
});

/** An event of the account. */
const happen = () => markInArrears(api.service, { account: account.id });

async function happenTo(count: number, webhookId: string): Promise<void> {
  for (let at = 0; at < count; at++) await account.call(TEST_WEBHOOK, { id: webhookId });
}

describe('8.5: what a receiver is sent', () => {
  test('8.5: an event is sent signed, with its id, and is listed as delivered', async () => {
    const { id, secret } = await createWebhook(account, { url: receiver.url });
    await happen();
    await deliver(api, account, id);
    const [event] = await eventsOf(api.service, account);
    const [sent] = receiver.received;
    expect(receiver.received).toHaveLength(1);
    expect(sent && isSigned(sent, secret)).toBe(true);
    expect(sent?.headers['webhook-id']).toBe(event?.id);
    expect(JSON.parse(sent?.body ?? '')).toMatchObject({ id: event?.id, type: 'arrears.began', accountId: account.id });
    expect(await deliveriesOf(account, id)).toEqual([
      expect.objectContaining({ eventId: event?.id, state: 'DELIVERED', attempts: 1, lastStatus: 204 }),
    ]);
  });

  test('8.5: only the types that a webhook wants are sent', async () => {
    const { id } = await createWebhook(account, { url: receiver.url, types: ['breach.began'] });
    await happen();
    await deliver(api, account, id);
    expect(receiver.received).toEqual([]);
  });

  test('8.5: a test reaches only its receiver', async () => {
    const other = await createWebhook(account, { url: receiver.url });
    const { id, secret } = await createWebhook(account, { url: receiver.url, types: ['breach.began'] });
    const { eventId } = (await account.call(TEST_WEBHOOK, { id })).testWebhook;
    await deliver(api, account, id);
    await deliver(api, account, other.id);
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([eventId]);
    expect(receiver.received[0] && isSigned(receiver.received[0], secret)).toBe(true);
  });

  test('8.5: while a secret is replaced both sign, and then only the new one', async () => {
    const { id, secret: old } = await createWebhook(account, { url: receiver.url });
    const { secret } = (await account.call(ROTATE_SECRET, { input: { webhookId: id, overlapHours: 1 } }))
      .rotateWebhookSecret;
    await happenTo(1, id);
    await deliver(api, account, id);
    api.clock.advance(HOUR_MS + 1000);
    await happenTo(1, id);
    await deliver(api, account, id);
    const signed = receiver.received.map((one) => [isSigned(one, old), isSigned(one, secret)]);
    expect(signed).toEqual([
      [true, true],
      [false, true],
    ]);
    expect((await getWebhook(account, id)).oldSecretUntil).toBeNull();
  });
});

describe('8.5: a receiver in trouble', () => {
  const { takes, liesAboutLength, neverEnds, answersTwice } = BEHAVIOURS;
  test.each(Object.entries({ takes, liesAboutLength, neverEnds, answersTwice }))(
    '8.5: an answer that is good to its head counts, though the receiver %s',
    async (_, behaviour) => {
      receiver.behave(behaviour);
      const { id } = await createWebhook(account, { url: receiver.url });
      await happen();
      await deliver(api, account, id);
      expect(await deliveriesOf(account, id)).toEqual([expect.objectContaining({ state: 'DELIVERED' })]);
    },
  );

  const { fails, redirects, neverAnswers, hangsUp, saysNonsense } = BEHAVIOURS;
  test.each(Object.entries({ fails, redirects, neverAnswers, hangsUp, saysNonsense }))(
    '8.5: it is tried again, as the receiver %s',
    async (_, behaviour) => {
      receiver.behave(behaviour);
      const { id } = await createWebhook(account, { url: receiver.url });
      await happen();
      await deliver(api, account, id);
      const [pending] = await deliveriesOf(account, id, true);
      expect(pending).toMatchObject({ state: 'PENDING', attempts: 1, lastError: expect.any(String) });
      receiver.behave(BEHAVIOURS.takes);
      api.clock.advance(10_000);
      await deliver(api, account, id);
      expect(receiver.received).toHaveLength(2);
      expect(receiver.received[0]?.headers['webhook-id']).toBe(receiver.received[1]?.headers['webhook-id']);
      expect(await deliveriesOf(account, id)).toEqual([expect.objectContaining({ state: 'DELIVERED', attempts: 2 })]);
    },
  );

  test('8.5: waits between tries grow, and after 24 hours an event is given up and told once', async () => {
    receiver.behave(BEHAVIOURS.fails);
    const { id } = await createWebhook(account, { url: receiver.url });
    await happen();
    const waits: number[] = [];
    for (let at = 0; at < 40 && (await deliveriesOf(account, id)).length === 0; at++) {
      await deliver(api, account, id);
      const [next] = await dueOf(api, account, id);
      if (next === undefined) break;
      waits.push(Date.parse(next.dueAt) - api.clock.now());
      api.clock.advance(Math.max(Date.parse(next.dueAt) - api.clock.now(), 0) + 11 * 60_000);
    }
    const told = (await eventsOf(api.service, account)).map(({ type }) => type);
    expect(waits.slice(0, 4).every((wait, at) => at === 0 || wait > (waits[at - 1] ?? 0))).toBe(true);
    expect(await deliveriesOf(account, id)).toEqual([expect.objectContaining({ state: 'GIVEN_UP' })]);
    expect(told).toEqual(['arrears.began', 'webhook.gave_up']);
    expect((await getWebhook(account, id)).failingSince).not.toBeNull();
  });

  test('8.5: a receiver that is down is sent one event at a time, and all once it is up', async () => {
    receiver.behave(BEHAVIOURS.fails);
    const { id } = await createWebhook(account, { url: receiver.url });
    await happenTo(12, id);
    await deliver(api, account, id);
    const before = receiver.received.length;
    api.clock.advance(HOUR_MS);
    await deliver(api, account, id);
    const probes = receiver.received.length - before;
    receiver.behave(BEHAVIOURS.takes);
    api.clock.advance(HOUR_MS);
    await deliver(api, account, id);
    expect([before <= 8, probes]).toEqual([true, 1]);
    expect(await deliveriesOf(account, id)).toHaveLength(12);
    expect((await getWebhook(account, id)).failingSince).toBeNull();
  });

  test('8.5: one event that is never taken holds up no other', async () => {
    let first: string | undefined;
    receiver.behave(({ headers }, response) => {
      first ??= String(headers['webhook-id']);
      answers(headers['webhook-id'] === first ? 500 : 200)({ headers, body: '' }, response);
    });
    const { id } = await createWebhook(account, { url: receiver.url });
    await happenTo(9, id);
    await deliver(api, account, id);
    expect([(await deliveriesOf(account, id)).length, (await dueOf(api, account, id)).length]).toEqual([8, 1]);
  });

  test('8.5: after 5 days without a success a webhook is switched off, and that is told', async () => {
    receiver.behave(BEHAVIOURS.fails);
    const { id } = await createWebhook(account, { url: receiver.url });
    for (let days = 0; days < 6; days++) {
      await happenTo(1, id);
      await deliver(api, account, id);
      api.clock.advance(DAY_MS + HOUR_MS);
    }
    const { enabled, disabledReason } = await getWebhook(account, id);
    const told = (await eventsOf(api.service, account)).filter(({ type }) => type === 'webhook.disabled');
    expect([enabled, disabledReason, told.length]).toEqual([false, expect.stringMatching(/5 days/), 1]);
    await account.call(UPDATE_WEBHOOK, { input: { webhookId: id, enabled: true } });
    receiver.behave(BEHAVIOURS.takes);
    await happenTo(1, id);
    await deliver(api, account, id);
    expect((await deliveriesOf(account, id))[0]).toMatchObject({ state: 'DELIVERED' });
  });

  test('8.5: a receiver that says that it is gone is switched off at once', async () => {
    receiver.behave(BEHAVIOURS.isGone);
    const { id } = await createWebhook(account, { url: receiver.url });
    await happen();
    await deliver(api, account, id);
    expect(await getWebhook(account, id)).toMatchObject({
      enabled: false,
      disabledReason: expect.stringMatching(/410/),
    });
    expect(await dueOf(api, account, id)).toEqual([]);
  });
});

describe('8.5: webhooks of an account', () => {
  test('8.5: the secret is shown once', async () => {
    const input = { url: receiver.url, clientToken: 'once' };
    const first = (await account.call(CREATE_WEBHOOK, { input })).createWebhook;
    const again = (await account.call(CREATE_WEBHOOK, { input })).createWebhook;
    expect([again.webhook.id, again.secret]).toEqual([first.webhook.id, null]);
    expect(first.secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
  });

  test('8.5: an account has at most 10, and a removed one makes room', async () => {
    const made: { id: string }[] = [];
    for (let at = 0; at < MOST_WEBHOOKS; at++) made.push(await createWebhook(account, { url: receiver.url }));
    const refusal = await account.refusal(CREATE_WEBHOOK, { input: { url: receiver.url } });
    await account.call(DELETE_WEBHOOK, { id: made[0]?.id });
    await deliver(api, account, made[0]?.id ?? '');
    await createWebhook(account, { url: receiver.url });
    expect(refusal.extensions).toMatchObject({ code: 'QuotaExceeded', quota: 'WEBHOOKS', limit: 10, used: 10 });
  });

  test('8.5: a removed webhook is sent nothing more, and nothing of it stays', async () => {
    const { id } = await createWebhook(account, { url: receiver.url });
    await happenTo(3, id);
    await placeAll(api.service);
    await account.call(DELETE_WEBHOOK, { id });
    const { extensions } = await account.refusal('query ($id: ID!) { webhook(id: $id) { id } }', { id });
    await deliver(api, account, id);
    expect([extensions.code, receiver.received, await dueOf(api, account, id)]).toEqual(['NotFound', [], []]);
    expect((await account.call('{ webhooks { nodes { id } } }')).webhooks.nodes).toEqual([]);
  });

  test('8.5: a message that is lost is made up for by the janitor', async () => {
    const { id } = await createWebhook(account, { url: receiver.url });
    await happen();
    await placeAll(api.service);
    api.clock.advance(60_000);
    const woken: unknown[] = [];
    const queue = { send: async (messages: readonly unknown[]) => void woken.push(...messages) };
    await sweepWebhooks({ ...api.service, queue }, Number.POSITIVE_INFINITY);
    expect(woken).toContainEqual({ kind: 'webhook', accountId: account.id, id });
  });

  test.each([
    [{ url: 'ftp://example.com' }, 'url'],
    [{ url: 'https://user:password@example.com' }, 'url'],
    [{ url: 'https://example.com/#part' }, 'url'],
    [{ url: 'https://169.254.169.254/latest' }, 'url'],
    [{ url: 'https://[::ffff:10.0.0.1]/' }, 'url'],
    [{ url: 'https://example.com', types: ['nothing'] }, 'types'],
    [{ url: 'https://example.com', types: [] }, 'types'],
    [{ url: 'https://example.com', description: 'x' }, 'description'],
  ])('8.5: bad input %j is refused by the name of its field', async (input, field) => {
    const { extensions } = await account.refusal(CREATE_WEBHOOK, { input });
    expect(extensions).toMatchObject({ code: 'InvalidParameter', field });
  });

  test('8.5: a URL of more than 2048 characters is refused', async () => {
    const input = { url: `https://example.com/${'x'.repeat(2048)}` };
    const { extensions } = await account.refusal(CREATE_WEBHOOK, { input });
    expect(extensions).toMatchObject({ code: 'InvalidParameter', field: 'url' });
  });

  test('8.5: only ADMIN may, and only for the whole account', async () => {
    const operator = await account.createKey('OPERATOR');
    const limited = await account.createKey('ADMIN', [REGION]);
    const input = { url: receiver.url };
    const codes = [
      (await account.refusal(CREATE_WEBHOOK, { input }, operator)).extensions.code,
      (await account.refusal('{ webhooks { nodes { id } } }', {}, operator)).extensions.code,
      (await account.refusal(CREATE_WEBHOOK, { input }, limited)).extensions.code,
    ];
    await createWebhook(account, input);
    const { webhooks } = await account.call('{ webhooks { nodes { id } } }', {}, limited);
    expect([codes, webhooks.nodes]).toEqual([['Forbidden', 'Forbidden', 'Forbidden'], []]);
  });
});
