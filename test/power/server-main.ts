import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startServer } from '../../src/local/server/server.ts';
import { parseUpkeep } from '../../src/platform/config.ts';
import { makeFolder } from '../../src/platform/make-folder.ts';

/** The service in a process of its own, until it is killed. What a caller needs goes by IPC. */
export interface ServerSays {
  readonly url: string;
  readonly apiKey: string;
  /** The text of the key file. */
  readonly keys: string;
}

const [folder = '', port = '', reclaimGraceMs = ''] = process.argv.slice(2);
makeFolder(folder);
const server = await startServer({
  folder,
  listening: { kind: 'loopback', port: Number(port) },
  settings: { ...parseUpkeep({ VARVE_LOG: 'warn' }), reclaimGraceMs: Number(reclaimGraceMs) },
  timeZone: 'UTC',
  reserveBytes: 0, // the disk is small
  operatorSecret: 'nobody calls the operator here',
  writeLog: (line) => process.stderr.write(`${line}\n`),
});
const says: ServerSays = {
  url: `${server.origin}/graphql`,
  apiKey: (await readFile(join(folder, 'admin.key'), 'utf8')).trim(),
  keys: await readFile(join(folder, 'keys.json'), 'utf8'),
};
process.send?.(says);
await server.lost;
process.exit(1);
