import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import S3rver from '@20minutes/s3rver';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    readonly dynamoEndpoint: string;
    readonly s3Endpoint: string;
    readonly s3Bucket: string;
  }
}

const BUCKET = 'varve-test';

/** Builds the CLI, and starts one DynamoDB and one S3 engine for the whole run, with their data in a folder that goes at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../src/cli/build.mjs')]);
  const directory = await mkdtemp(join(tmpdir(), 'varve-test-'));
  const dynamo = await startDynamo(directory);
  const s3 = new S3rver({
    address: '127.0.0.1',
    port: 0,
    directory: join(directory, 's3'),
    silent: true,
    vhostBuckets: false,
    configureBuckets: [{ name: BUCKET }],
  });
  const { port } = await s3.run();
  project.provide('dynamoEndpoint', dynamo.endpoint);
  project.provide('s3Endpoint', `http://127.0.0.1:${port}`);
  project.provide('s3Bucket', BUCKET);

  return async () => {
    s3.httpServer.closeAllConnections();
    await s3.close();
    dynamo.process.kill();
    if (dynamo.process.exitCode === null) await once(dynamo.process, 'exit');
    await rm(directory, { recursive: true, force: true });
  };
}

async function startDynamo(directory: string): Promise<{ endpoint: string; process: ChildProcess }> {
  const packageFile = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
  const binary = join(packageFile, '..', 'dynoxide');
  const port = await freePort();
  const options = ['serve', '--port', `${port}`, '--db-path', join(directory, 'dynamo.db')];
  const child = spawn(binary, options, { stdio: 'ignore' });
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`dynoxide ended with code ${child.exitCode}`);
    await sleep(10);
  }
  return { endpoint: `http://127.0.0.1:${port}`, process: child };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
