import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binaryChild, type Child, startChild } from '../../src/local/emulator/child.ts';
import { chooseDatabase, DATABASES } from '../../src/local/emulator/dynamodb.ts';
import { acceptsConnections, freePort, LOOPBACK } from '../../src/local/ports.ts';
import { startS3 } from '../../src/offline/engines/s3.ts';

/** Where the engines of the run are, and what opens them. */
export interface EnginePlaces {
  readonly dynamoEndpoint: string;
  readonly s3Endpoint: string;
  readonly s3Directory: string;
  readonly s3Credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface RunningEngines {
  readonly places: EnginePlaces;
  stop(): Promise<void>;
}

const CREDENTIALS = { accessKeyId: 'TESTS', secretAccessKey: 'the secret of the tests' };

/**
 * Starts one DynamoDB and one S3 engine, those of `npm run offline`, with their data in a folder
 * that goes at the end. VARVE_TEST_DATABASE chooses another DynamoDB than the platform's first
 * choice.
 */
export async function startEngines(): Promise<RunningEngines> {
  const directory = await mkdtemp(join(tmpdir(), 'varve-engines-'));
  const incoming = join(directory, 'incoming');
  await mkdir(incoming);
  const s3Directory = join(directory, 's3');
  const [dynamo, s3] = await Promise.all([
    startDynamo(directory),
    startS3({ port: 0, directory: s3Directory, incoming, buckets: [], credentials: CREDENTIALS }),
  ]);
  return {
    places: {
      dynamoEndpoint: dynamo.endpoint,
      s3Endpoint: `http://${LOOPBACK}:${s3.port}`,
      s3Directory,
      s3Credentials: CREDENTIALS,
    },
    stop: async () => {
      s3.server.closeAllConnections();
      s3.server.close();
      await dynamo.child.stop(2000);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function startDynamo(folder: string): Promise<{ endpoint: string; child: Child }> {
  const port = await freePort();
  const wanted = DATABASES.find((name) => name === process.env.VARVE_TEST_DATABASE);
  const engine = chooseDatabase(wanted).command({ port, folder });
  const child = startChild(binaryChild({ ...engine, name: 'dynamodb', environment: {}, cwd: folder, logs: folder }));
  await child.readyWhen(() => acceptsConnections(port));
  return { endpoint: `http://${LOOPBACK}:${port}`, child };
}
