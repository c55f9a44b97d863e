import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mapBounded } from '../../src/platform/bounded.ts';
import type { Entity } from '../../src/platform/catalogue/entity.ts';
import { itemOf } from '../../src/platform/catalogue/fields.ts';
import { type Catalogue, put } from '../../src/platform/catalogue/port.ts';
import { createMemoryCatalogue } from '../../test/support/memory-catalogue.ts';
import { BenchError } from '../bench-error.ts';

const BATCH_ROWS = 25; // DynamoDB BatchWriteItem
const BATCHES_AT_ONCE = 8;

/** Writes all rows that were changed, but those of some entities. */
export type Save = (tableName: string, leftOut: readonly Entity[]) => Promise<void>;

/**
 * From now on the catalogue works in memory: what is there is read once, what is changed stays here
 * until it is saved. For making much, where nobody else is at work.
 */
export function inMemoryFirst(catalogue: Catalogue): Save {
  const { get } = catalogue;
  const memory = createMemoryCatalogue();
  const changed = new Set<Entity>();
  Object.assign(catalogue, {
    ...memory,
    get: async (entity, key) => {
      const row = await memory.get(entity, key);
      if (row !== undefined) return row;
      const stored = await get(entity, key);
      if (stored !== undefined) await memory.transact([put(entity, stored, 'any')]);
      return stored;
    },
    transact: async (writes) => {
      for (const { entity } of writes) changed.add(entity);
      return memory.transact(writes);
    },
  } satisfies Partial<Catalogue>);
  return async (tableName, leftOut) => {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
    for (const entity of changed) {
      if (leftOut.includes(entity)) continue;
      const rows = memory.rows(entity);
      const starts = Array.from({ length: Math.ceil(rows.length / BATCH_ROWS) }, (_, at) => at * BATCH_ROWS);
      await mapBounded(starts, BATCHES_AT_ONCE, async (start) => {
        const puts = rows
          .slice(start, start + BATCH_ROWS)
          .map((row) => ({ PutRequest: { Item: itemOf(entity, row) } }));
        const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: puts } }));
        if (Object.keys(UnprocessedItems ?? {}).length > 0)
          throw new BenchError('The table took only part of a batch.');
      });
    }
  };
}
