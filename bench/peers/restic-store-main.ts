import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { type ReadableStore, takeShortCuts } from '../../src/offline/engines/short-cuts.ts';

interface S3rver {
  readonly store: ReadableStore;
  callback(): RequestListener;
  configureBuckets(): Promise<void>;
}

/**
 * The object store of the emulated cloud once more, for restic: it signs requests to a bucket in a
 * way that s3rver finds wrong, so signatures are computed here as well, but need not match.
 */
const Engine = createRequire(import.meta.url)('@20minutes/s3rver') as new (settings: object) => S3rver;
const [port, directory, bucket] = process.argv.slice(2);
const engine = new Engine({
  directory,
  silent: true,
  vhostBuckets: false,
  allowMismatchedSignatures: true,
  configureBuckets: [{ name: bucket }],
});
await engine.configureBuckets();
takeShortCuts(engine.store);
createServer(engine.callback()).listen(Number(port), '127.0.0.1');
