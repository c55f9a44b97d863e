import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { mapBounded } from '../bounded.ts';
import { impossible, NoSpaceError, VarveError } from '../errors.ts';
import { type PrintedWrite, printQuery, printWrite, rowOf } from './expressions.ts';
import { type PrimaryKey, primaryKey } from './keys.ts';
import { type Catalogue, isRepeatable, MAX_TRANSACTION_WRITES, type Read, type TransactResult } from './port.ts';

export interface DynamoCatalogueOptions {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  /** In [0, 1): spreads retries. */
  readonly random: () => number;
}

const BATCH_KEYS = 100; // DynamoDB BatchGetItem
const BATCHES_IN_FLIGHT = 4;
const ATTEMPTS = 12;
const FIRST_WAIT_MS = 10;
const LONGEST_WAIT_MS = 1000;

type Params = Record<string, unknown>;

/** The catalogue in one DynamoDB table: keys `pk` and `sk`, secondary indexes `gsi1` and `gsi2`. */
export function createDynamoCatalogue(options: DynamoCatalogueOptions): Catalogue {
  const { client, tableName } = options;

  const each = async (reads: readonly Read[]): Promise<(object | undefined)[]> => {
    const wanted = reads.map(({ entity, key }) => ({ entity, key: primaryKey(entity, key) }));
    const unique = [...new Map(wanted.map(({ key }) => [keyText(key), key])).values()];
    const groups = Array.from({ length: Math.ceil(unique.length / BATCH_KEYS) }, (_, group) =>
      unique.slice(group * BATCH_KEYS, (group + 1) * BATCH_KEYS),
    );
    const found = new Map<string, Params>();
    for (const items of await mapBounded(groups, BATCHES_IN_FLIGHT, (keys) => readBatch(options, keys)))
      for (const item of items) found.set(keyText(item), item);
    return wanted.map(({ entity, key }) => {
      const item = found.get(keyText(key));
      return item === undefined ? undefined : rowOf(entity, item);
    });
  };

  return {
    async get(entity, key) {
      const answer = await client.send(
        new GetCommand({ TableName: tableName, Key: primaryKey(entity, key), ConsistentRead: true }),
      );
      return answer.Item === undefined ? undefined : rowOf(entity, answer.Item);
    },

    // What is found is in the order of the reads, which say its types.
    getMany: (entity, keys) => each(keys.map((key) => ({ entity, key }))) as Promise<never[]>,

    getEach: (...reads) => each(reads) as Promise<never>,

    async list(entity, query) {
      const params = printQuery(tableName, entity, { ...query, limit: query.limit + 1 });
      const ConsistentRead = query.index === undefined;
      const items: Params[] = [];
      let start: Params | undefined;
      do {
        const answer = await client.send(
          new QueryCommand({ ...params, ConsistentRead, ...(start && { ExclusiveStartKey: start }) }),
        );
        items.push(...(answer.Items ?? []));
        start = answer.LastEvaluatedKey;
      } while (start !== undefined && items.length <= query.limit);
      const rows = items.slice(0, query.limit).map((item) => rowOf(entity, item));
      return { rows, more: items.length > query.limit };
    },

    async transact(writes) {
      if (writes.length === 0) return { ok: true };
      if (writes.length > MAX_TRANSACTION_WRITES) throw impossible(`${writes.length} writes in one transaction`);
      const items = writes.map((write) => printWrite(tableName, write));
      let token = randomUUID();
      for (let attempt = 1; ; attempt++) {
        const outcome = await transactOnce(client, items, token);
        if (typeof outcome === 'object') return outcome;
        if (outcome === 'cancelled') token = randomUUID();
        await pause(attempt, options.random);
      }
    },

    async tryWrite(write) {
      if (!isRepeatable(write)) throw impossible('a write by itself that may not be done twice');
      return writeAlone(options, printWrite(tableName, write));
    },
  };
}

/** At most {@link BATCH_KEYS} rows, in any order. */
async function readBatch(
  { client, tableName, random }: DynamoCatalogueOptions,
  keys: readonly PrimaryKey[],
): Promise<Params[]> {
  const items: Params[] = [];
  let rest: Params[] = [...keys];
  for (let attempt = 1; rest.length > 0; attempt++) {
    const answer = await client.send(
      new BatchGetCommand({ RequestItems: { [tableName]: { Keys: rest, ConsistentRead: true } } }),
    );
    items.push(...(answer.Responses?.[tableName] ?? []));
    rest = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    if (rest.length > 0) await pause(attempt, random);
  }
  return items;
}

async function writeAlone({ client, random }: DynamoCatalogueOptions, write: PrintedWrite): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await writeOnce(client, write);
    if (outcome !== 'again') return outcome;
    await pause(attempt, random);
  }
}

async function writeOnce(client: DynamoDBDocumentClient, write: PrintedWrite): Promise<boolean | 'again'> {
  try {
    if ('Put' in write) await client.send(new PutCommand(write.Put));
    else if ('Update' in write) await client.send(new UpdateCommand(write.Update));
    else if ('Delete' in write) await client.send(new DeleteCommand(write.Delete));
    else throw impossible('a check by itself');
    return true;
  } catch (error) {
    const name = (error as { name?: string }).name ?? '';
    if (name === 'ConditionalCheckFailedException') return false;
    if (PASSING_WRITE_ERRORS.has(name)) return 'again';
    throw asNoSpace(error);
  }
}

/** A transaction is at the row, or there is too much to do. */
const PASSING_WRITE_ERRORS = new Set([
  'TransactionConflictException',
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
]);

/** `cancelled`: nothing was written. `unknown`: perhaps it was; only the same token tells. */
async function transactOnce(
  client: DynamoDBDocumentClient,
  items: PrintedWrite[],
  token: string,
): Promise<TransactResult | 'cancelled' | 'unknown'> {
  try {
    await client.send(new TransactWriteCommand({ TransactItems: items, ClientRequestToken: token }));
    return { ok: true };
  } catch (error) {
    const name = (error as { name?: string }).name;
    if (name === 'TransactionInProgressException' || name === 'ThrottlingException') return 'unknown';
    if (name !== 'TransactionCanceledException') throw asNoSpace(error);
    const reasons = (error as { CancellationReasons?: { Code?: string }[] }).CancellationReasons ?? [];
    const failed = reasons.flatMap((reason, at) => (reason.Code === 'ConditionalCheckFailed' ? [at] : []));
    if (failed.length > 0) return { ok: false, failed };
    const passing = (code?: string): boolean =>
      code === 'TransactionConflict' || code === 'ThrottlingError' || code === 'ProvisionedThroughputExceeded';
    if (reasons.some((reason) => passing(reason.Code))) return 'cancelled';
    throw error;
  }
}

/** DynamoDB itself has room; the engine of a single machine passes on what SQLite says. */
function asNoSpace(error: unknown): unknown {
  if (!(error as Error).message?.includes('database or disk is full')) return error;
  return new NoSpaceError('The catalogue has no space left.', { cause: error });
}

async function pause(attempt: number, random: () => number): Promise<void> {
  if (attempt >= ATTEMPTS)
    throw new VarveError('Throttled', 'the catalogue is busy', { retryAfterMs: LONGEST_WAIT_MS });
  await sleep(random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt));
}

function keyText({ pk, sk }: Params | PrimaryKey): string {
  return `${pk as string}\u0000${sk as string}`;
}
