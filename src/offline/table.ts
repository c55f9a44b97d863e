import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { StartError } from '../local/start-error.ts';
import type { Template } from './template.ts';

/** Makes the catalogue's table where there is none, and refuses one that is laid out otherwise. */
export async function ensureTable(client: DynamoDBClient, name: string, template: Template): Promise<void> {
  try {
    await client.send(new CreateTableCommand({ TableName: name, ...template.table }));
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: name,
        TimeToLiveSpecification: { AttributeName: template.ttlAttribute, Enabled: true },
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    await checkLayout(client, name, template);
  }
}

async function checkLayout(client: DynamoDBClient, name: string, template: Template): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  const found = [Table?.KeySchema, ...(Table?.GlobalSecondaryIndexes ?? []).map((index) => index.KeySchema)];
  const wanted = [
    template.table.KeySchema,
    ...(template.table.GlobalSecondaryIndexes ?? []).map((index) => index.KeySchema),
  ];
  const names = (schemas: typeof found): string =>
    schemas
      .map((schema) => (schema ?? []).map((key) => `${key.AttributeName} ${key.KeyType}`).join())
      .sort()
      .join(';');
  if (names(found) !== names(wanted)) {
    throw new StartError(`The data folder is damaged: table ${name} has other keys than this version of Varve uses.`);
  }
}
