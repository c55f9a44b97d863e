import { randomUUID } from 'node:crypto';
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
import { REQUEST_MS } from '../aws-settings.ts';
import { mapBounded } from '../bounded.ts';
import { impossible, NoSpaceError, VarveError } from '../errors.ts';
import { isPassing, isPassingName, PassingTrouble, wasTurnedAway } from '../passing-trouble.ts';
import { type RetryLimits, withRetries } from '../retry.ts';
import { type PrintedWrite, printQuery, printWrite } from './expressions.ts';
import { rowOf } from './fields.ts';
import { type PrimaryKey, primaryKey } from './keys.ts';
import { type Catalogue, isRepeatable, MAX_TRANSACTION_WRITES, type Read, type TransactResult } from './port.ts';

export interface DynamoCatalogueOptions {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  /** In [0, 1): spreads retries. */
  readonly random: () => number;
  readonly retry?: Partial<RetryLimits>;
}

const BATCH_KEYS = 100; // DynamoDB BatchGetItem
const BATCHES_IN_FLIGHT = 4;
/** Ends well before the 29 s that the gateway in front of the API gives a request. */
const RETRY: RetryLimits = {
  attempts: 12,
  attemptMs: REQUEST_MS,
  totalMs: 10_000,
  firstWaitMs: 20,
  longestWaitMs: 1000,
};

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
      const command = new GetCommand({ TableName: tableName, Key: primaryKey(entity, key), ConsistentRead: true });
      const answer = await patiently(options, (abortSignal) => client.send(command, { abortSignal }));
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
        const command = new QueryCommand({ ...params, ConsistentRead, ...(start && { ExclusiveStartKey: start }) });
        const answer = await patiently(options, (abortSignal) => client.send(command, { abortSignal }));
        items.push(...(answer.Items ?? []));
        start = answer.LastEvaluatedKey;
      } while (start !== undefined && items.length <= query.limit);
      const rows = items.slice(0, query.limit).map((item) => rowOf(entity, item));
      return { rows, more: items.length > query.limit };
    },

    async transact(writes) {
      if (writes.length === 0) return { ok: true };
      if (writes.length > MAX_TRANSACTION_WRITES) throw impossible(`${writes.length} writes in one transaction`);
      return transactItems(
        options,
        writes.map((write) => printWrite(tableName, write)),
      );
    },

    async tryWrite(write) {
      if (!isRepeatable(write)) throw impossible('a write by itself that may not be done twice');
      return writeAlone(options, printWrite(tableName, write));
    },
  };
}

/** Throttling, faults and time-outs are tried again within a bound; then they are `Throttled`. */
function patiently<T>(options: DynamoCatalogueOptions, attempt: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return withRetries({ ...RETRY, ...options.retry, what: 'The catalogue', random: options.random }, attempt);
}

/** At most {@link BATCH_KEYS} rows, in any order. */
async function readBatch(options: DynamoCatalogueOptions, keys: readonly PrimaryKey[]): Promise<Params[]> {
  const { client, tableName } = options;
  const items: Params[] = [];
  let rest: Params[] = [...keys];
  await patiently(options, async (abortSignal) => {
    const command = new BatchGetCommand({ RequestItems: { [tableName]: { Keys: rest, ConsistentRead: true } } });
    const answer = await client.send(command, { abortSignal });
    items.push(...(answer.Responses?.[tableName] ?? []));
    rest = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    if (rest.length > 0) throw new PassingTrouble(`${rest.length} keys were not read`);
  });
  return items;
}

function writeAlone(options: DynamoCatalogueOptions, write: PrintedWrite): Promise<boolean> {
  const { client } = options;
  return patiently(options, async (abortSignal) => {
    try {
      if ('Put' in write) await client.send(new PutCommand(write.Put), { abortSignal });
      else if ('Update' in write) await client.send(new UpdateCommand(write.Update), { abortSignal });
      else if ('Delete' in write) await client.send(new DeleteCommand(write.Delete), { abortSignal });
      else throw impossible('a check by itself');
      return true;
    } catch (error) {
      if ((error as Error).name === 'ConditionalCheckFailedException') return false;
      throw asNoSpace(error);
    }
  });
}

/**
 * Until the outcome is known, or time is up. An attempt that ends in the open (no answer, a fault)
 * may have been carried out. Only the same token tells, as DynamoDB then answers what it did the
 * first time:
 *
 *     attempt 1, token a:  written ─ answer lost
 *     attempt 2, token a:  cancelled by a conflict, perhaps with attempt 1 itself
 *     attempt 3, token a:  done. (With another token: "a condition did not hold", of the very row
 *                          that attempt 1 wrote.)
 */
async function transactItems(options: DynamoCatalogueOptions, items: readonly PrintedWrite[]): Promise<TransactResult> {
  let token = randomUUID();
  let isOpen = false;
  try {
    return await patiently(options, async (abortSignal) => {
      const outcome = await transactOnce(options.client, { items, token, abortSignal }).catch((error: unknown) => {
        isOpen ||= isPassing(error) && !wasTurnedAway(error);
        throw error;
      });
      if (outcome !== 'cancelled') return outcome;
      if (!isOpen) token = randomUUID();
      throw new PassingTrouble('another transaction is at the same rows');
    });
  } catch (error) {
    if (!(isOpen && error instanceof VarveError)) throw error;
    throw new VarveError(error.code, error.message, { ...error.extra, mayBeDone: true }, error.cause);
  }
}

/**
 * `cancelled`: nothing was written, by trouble that passes. An exception leaves open whether it
 * was.
 */
async function transactOnce(
  client: DynamoDBDocumentClient,
  {
    items,
    token,
    abortSignal,
  }: { readonly items: readonly PrintedWrite[]; readonly token: string; readonly abortSignal: AbortSignal },
): Promise<TransactResult | 'cancelled'> {
  try {
    const command = new TransactWriteCommand({ TransactItems: [...items], ClientRequestToken: token });
    await client.send(command, { abortSignal });
    return { ok: true };
  } catch (error) {
    if ((error as Error).name !== 'TransactionCanceledException') throw asNoSpace(error);
    const reasons = (error as { CancellationReasons?: { Code?: string }[] }).CancellationReasons ?? [];
    const failed = reasons.flatMap((reason, at) => (reason.Code === 'ConditionalCheckFailed' ? [at] : []));
    if (failed.length > 0) return { ok: false, failed };
    if (reasons.some(({ Code }) => isPassingName(Code))) return 'cancelled';
    throw error;
  }
}

/** DynamoDB itself has room; the engine of a single machine passes on what SQLite says. */
function asNoSpace(error: unknown): unknown {
  if (!(error as Error).message?.includes('database or disk is full')) return error;
  return new NoSpaceError('The catalogue has no space left.', { cause: error });
}

function keyText({ pk, sk }: Params | PrimaryKey): string {
  return `${pk as string}\u0000${sk as string}`;
}
