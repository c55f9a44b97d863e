import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startServer } from '../../src/local/server/server.ts';
import { parseUpkeep } from '../../src/platform/config.ts';
import type { LocalFunctions } from '../../src/platform/functions/local.ts';
import { makeFolder } from '../../src/platform/make-folder.ts';

/** The service in a process of its own, until it is killed. What a caller needs goes by IPC. */
export interface ServerSays {
  readonly url: string;
  readonly apiKey: string;
  readonly operator: LocalFunctions;
  /** The text of the key file. */
  readonly keys: string;
}

const OPERATOR_SECRET = 'of this test';
const [folder = '', port = '', reclaimGraceMs = ''] = process.argv.slice(2);
makeFolder(folder);
const server = await startServer({
  folder,
  listening: { kind: 'loopback', port: Number(port) },
  settings: { ...parseUpkeep({ VARVE_LOG: 'warn' }), reclaimGraceMs: Number(reclaimGraceMs) },
  timeZone: 'UTC',
  reserveBytes: 0, // the disk is small
  operatorSecret: OPERATOR_SECRET,
  writeLog: (line) => process.stderr.write(`${line}\n`),
});
const says: ServerSays = {
  url: `${server.origin}/graphql`,
  operator: { url: `${server.origin}/operator/`, secret: OPERATOR_SECRET },
  apiKey: (await readFile(join(folder, 'admin.key'), 'utf8')).trim(),
  keys: await readFile(join(folder, 'keys.json'), 'utf8'),
};
process.send?.(says);
await server.lost;
process.exit(1);
