import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { binaryChild, type Child, startChild } from '../../src/local/child.ts';
import { chooseDatabase, DATABASES } from '../../src/local/dynamodb.ts';
import { startS3 } from '../../src/local/engines/s3.ts';
import { acceptsConnections, freePort } from '../../src/local/ports.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly dynamoEndpoint: string;
    readonly s3Endpoint: string;
    readonly s3Directory: string;
    readonly s3Credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  }
}

const CREDENTIALS = { accessKeyId: 'TESTS', secretAccessKey: 'the secret of the tests' };

/**
 * Starts one DynamoDB and one S3 engine for the whole run, those of the single machine, with their data in a folder that goes
 * at the end. VARVE_TEST_DATABASE chooses another DynamoDB than the platform's first choice.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'varve-test-'));
  const incoming = join(directory, 'incoming');
  await mkdir(incoming);
  const s3Directory = join(directory, 's3');
  const s3 = await startS3({
    port: 0,
    directory: s3Directory,
    incoming,
    buckets: [],
    credentials: CREDENTIALS,
  });
  const dynamo = await startDynamo(directory);
  project.provide('dynamoEndpoint', dynamo.endpoint);
  project.provide('s3Endpoint', `http://127.0.0.1:${s3.port}`);
  project.provide('s3Directory', s3Directory);
  project.provide('s3Credentials', CREDENTIALS);

  return async () => {
    s3.server.closeAllConnections();
    s3.server.close();
    await dynamo.child.stop(2000);
    await rm(directory, { recursive: true, force: true });
  };
}

async function startDynamo(folder: string): Promise<{ endpoint: string; child: Child }> {
  const port = await freePort();
  const wanted = DATABASES.find((name) => name === process.env.VARVE_TEST_DATABASE);
  const engine = chooseDatabase(wanted).command({ port, folder });
  const child = startChild(binaryChild({ ...engine, name: 'dynamodb', environment: {}, cwd: folder, logs: folder }));
  await child.readyWhen(() => acceptsConnections(port));
  return { endpoint: `http://127.0.0.1:${port}`, child };
}
