import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { createDynamoCatalogue } from '../../src/platform/catalogue/dynamo.ts';
import { entity as defineEntity, string } from '../../src/platform/catalogue/entity.ts';
import { put, remove } from '../../src/platform/catalogue/port.ts';
import { NoSpaceError } from '../../src/platform/errors.ts';
import { createTestTable, dynamoSettings } from '../support/engines.ts';
import { startFaultyProxy } from '../support/faulty-proxy.ts';

const entity = defineEntity({ name: 'thing', attributes: { id: string() }, primary: { partition: ['id'], sort: [] } });

/** A catalogue of its own, reached through a proxy. */
async function inTrouble() {
  const settings = await dynamoSettings();
  const { tableName } = await createTestTable();
  const proxy = await startFaultyProxy(settings.endpoint);
  // One attempt in the SDK: what its own retries hide is not looked at here.
  const dynamo = new DynamoDBClient({ ...settings, endpoint: proxy.url, maxAttempts: 1 });
  const client = DynamoDBDocumentClient.from(dynamo);
  const catalogue = createDynamoCatalogue({ client, tableName, random: () => 0 });
  const close = async () => {
    dynamo.destroy();
    await proxy.close();
  };
  return { catalogue, proxy, close };
}

test('a transaction that took effect while it was said to be under way still is not told to have failed', async () => {
  const { catalogue, proxy, close } = await inTrouble();
  proxy.next({ done: 'TransactionInProgressException' });
  expect(await catalogue.transact([put(entity, { id: 'a' }, 'absent')])).toEqual({ ok: true });
  expect(await catalogue.transact([put(entity, { id: 'a' }, 'absent')])).toEqual({ ok: false, failed: [0] });
  expect(proxy.unused()).toBe(0);
  await close();
});

test('a row that is removed by itself goes, whatever is said on the way', async () => {
  const { catalogue, proxy, close } = await inTrouble();
  await catalogue.transact([put(entity, { id: 'a' }, 'absent')]);
  proxy.next({ done: 'TransactionConflictException' }, { done: 'ThrottlingException' });
  const before = proxy.requests();
  expect(await catalogue.tryWrite(remove(entity, { id: 'a' }))).toBe(true);
  expect(proxy.requests() - before).toBe(3);
  expect(await catalogue.get(entity, { id: 'a' })).toBeUndefined();
  proxy.next({ status: 400, code: 'ValidationException' });
  await expect(catalogue.tryWrite(remove(entity, { id: 'a' }))).rejects.toThrow();
  expect(proxy.unused()).toBe(0);
  await close();
});

test('an engine whose disk is full is told from one with a fault', async () => {
  const { catalogue, proxy, close } = await inTrouble();
  const full = { done: 'InternalServerError', message: 'commit failed (backend: database or disk is full)' };
  proxy.next(full, full);
  await expect(catalogue.transact([put(entity, { id: 'a' })])).rejects.toThrow(NoSpaceError);
  await expect(catalogue.tryWrite(remove(entity, { id: 'a' }))).rejects.toThrow(NoSpaceError);
  expect(proxy.unused()).toBe(0);
  await close();
});
