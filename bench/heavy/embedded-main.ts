import { startServer } from '../../src/local/server/server.ts';
import { parseUpkeep } from '../../src/platform/config.ts';

/**
 * `embedded-main.ts FOLDER SECRET`: the whole service in this process, with its stores in the
 * folder. It prints its origin, and serves until SIGTERM.
 */
const [folder = '', operatorSecret = ''] = process.argv.slice(2);
const server = await startServer({
  folder,
  port: 0,
  settings: parseUpkeep({ VARVE_LOG: 'error' }),
  timeZone: 'UTC',
  operatorSecret,
  writeLog: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${server.origin}\n`);
process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
