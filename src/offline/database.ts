import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ensureLocalAdmin } from '../local/local-admin.ts';
import { awsSettings } from '../platform/aws-settings.ts';
import { createDynamoCatalogue } from '../platform/catalogue/dynamo.ts';
import type { Clock } from '../platform/clock.ts';
import { LOCAL_AWS_REGION } from './aws-names.ts';
import type { LocalEnvironment } from './environment.ts';
import { ensureTable } from './table.ts';
import type { Template } from './template.ts';

export interface DatabaseContents {
  readonly environment: LocalEnvironment;
  readonly template: Template;
  readonly adminKey: string;
  readonly clock: Clock;
}

/** DynamoDB Local begins slowly on a busy machine. */
const FIRST_REQUEST_MS = 60_000;

/**
 * Makes what the installation starts with, as far as it is not there: the table, this machine's
 * account and its admin key.
 */
export async function prepareDatabase({ environment, template, adminKey, clock }: DatabaseContents): Promise<void> {
  const client = new DynamoDBClient({
    ...awsSettings({ requestMs: FIRST_REQUEST_MS }),
    endpoint: environment.AWS_ENDPOINT_URL_DYNAMODB,
    region: LOCAL_AWS_REGION,
    credentials: { accessKeyId: environment.AWS_ACCESS_KEY_ID, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY },
  });
  try {
    await ensureTable(client, environment.VARVE_TABLE, template);
    const catalogue = createDynamoCatalogue({
      client: DynamoDBDocumentClient.from(client),
      tableName: environment.VARVE_TABLE,
      random: Math.random,
    });
    await ensureLocalAdmin({ catalogue, clock, random: randomBytes, keyFile: adminKey });
  } finally {
    client.destroy();
  }
}
