import { TEST_CREDENTIALS, TEST_REGION } from './engines.ts';
import { shared } from './shared.ts';

/**
 * What a Lambda function is given, over the engines of the run; without a queue that answers and
 * without keys.
 */
export async function setFunctionEnvironment(tableName: string, bucket: string): Promise<void> {
  const { dynamoEndpoint, s3Endpoint } = await shared('engines');
  Object.assign(process.env, {
    AWS_REGION: TEST_REGION,
    AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoEndpoint,
    AWS_ENDPOINT_URL_S3: s3Endpoint,
    VARVE_TABLE: tableName,
    VARVE_REGIONS: JSON.stringify([{ id: 'here', bucket }]),
    VARVE_QUEUE_URL: 'http://127.0.0.1:9/000000000000/work',
    VARVE_KEY_FILE: '/nowhere/keys.json',
    VARVE_S3_PATH_STYLE: '1',
    VARVE_LOG: 'error',
  });
}
