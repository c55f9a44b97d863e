import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { shared } from './shared.ts';

export const TEST_REGION = 'us-east-1';
/** For engines that take any. */
export const TEST_CREDENTIALS = { accessKeyId: 'TESTS', secretAccessKey: 'any' };

/** Settings of an SDK client for the engine of the run. */
export async function dynamoSettings() {
  const { dynamoEndpoint: endpoint } = await shared('engines');
  return { endpoint, region: TEST_REGION, credentials: TEST_CREDENTIALS };
}

export async function s3Settings() {
  const { s3Endpoint: endpoint, s3Credentials: credentials } = await shared('engines');
  return { endpoint, region: TEST_REGION, credentials, forcePathStyle: true };
}

export async function createS3Client(): Promise<S3Client> {
  return new S3Client(await s3Settings());
}

/**
 * A bucket of the caller's own. s3rver's buckets are folders; it checks the signature of their
 * creation otherwise than the SDK makes it.
 */
export async function createTestBucket(): Promise<string> {
  const bucket = `varve-${randomUUID()}`;
  await mkdir(join((await shared('engines')).s3Directory, bucket), { recursive: true });
  return bucket;
}

/** A table of the caller's own, laid out as the catalogue wants it. */
export async function createTestTable(): Promise<{ client: DynamoDBDocumentClient; tableName: string }> {
  const dynamo = new DynamoDBClient(await dynamoSettings());
  const tableName = `varve-${randomUUID()}`;
  const attributes = ['pk', 'sk', 'gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk'];
  await dynamo.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: attributes.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
      KeySchema: keySchema('pk', 'sk'),
      GlobalSecondaryIndexes: ['gsi1', 'gsi2'].map((index) => ({
        IndexName: index,
        KeySchema: keySchema(`${index}pk`, `${index}sk`),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  );
  return { client: DynamoDBDocumentClient.from(dynamo), tableName };
}

function keySchema(partition: string, sort: string) {
  return [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
}
