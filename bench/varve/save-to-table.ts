import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mapBounded } from '../../src/platform/bounded.ts';
import { itemOf } from '../../src/platform/catalogue/fields.ts';
import { BenchError } from '../bench-error.ts';
import { batchesOf, type SaveRows } from './memory-first.ts';

const BATCH_ROWS = 25; // DynamoDB BatchWriteItem
const BATCHES_AT_ONCE = 8;

export function saveToTable(tableName: string): SaveRows {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  return (entity, rows) =>
    mapBounded(batchesOf(rows, BATCH_ROWS), BATCHES_AT_ONCE, async (batch) => {
      const puts = batch.map((row) => ({ PutRequest: { Item: itemOf(entity, row) } }));
      const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: puts } }));
      if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new BenchError('The table took only part of a batch.');
    });
}
