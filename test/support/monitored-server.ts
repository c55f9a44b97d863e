import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type LocalServer, startServer } from '../../src/local/server/server.ts';
import { parseUpkeep } from '../../src/platform/config.ts';
import { makeFolder } from '../../src/platform/make-folder.ts';

export const METRICS_TOKEN = 'the-token-of-the-metrics';

export interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server in this process, with a folder of its own. Ends with the scope. */
export interface MonitoredServer extends AsyncDisposable {
  readonly server: LocalServer;
  readonly folder: string;
  readonly adminKey: string;
  /** What it logged, parsed. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  ask(path: string, asked?: Asked): Promise<Answer>;
  /** With the administrator's key. */
  graphql(body: object, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** With the token. */
  scrape(headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

export async function monitoredServer(reserveBytes?: number): Promise<MonitoredServer> {
  const folder = await mkdtemp(join(tmpdir(), 'varve-monitored-'));
  const data = join(folder, 'data');
  makeFolder(data);
  const lines: Readonly<Record<string, unknown>>[] = [];
  const server = await startServer({
    folder: data,
    listening: { kind: 'loopback', port: 0 },
    settings: parseUpkeep({ VARVE_LOG: 'info' }),
    timeZone: 'UTC',
    operatorSecret: 'the secret of this run',
    metricsToken: { token: METRICS_TOKEN },
    ...(reserveBytes !== undefined && { reserveBytes }),
    writeLog: (line) => lines.push(JSON.parse(line) as Readonly<Record<string, unknown>>),
  });
  const adminKey = (await readFile(join(data, 'admin.key'), 'utf8')).trim();
  const ask: MonitoredServer['ask'] = (path, { method = 'GET', headers = {}, body = '' } = {}) =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server.origin);
      const asked = request({ hostname, port, path, method, headers }, (answer) => {
        text(answer).then(
          (told) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: told }),
          reject,
        );
      });
      asked.on('error', reject);
      asked.end(body);
    });
  return {
    server,
    folder: data,
    adminKey,
    lines,
    ask,
    graphql: (body, headers = {}) =>
      ask('/graphql', {
        method: 'POST',
        headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    scrape: (headers = {}) => ask('/metrics', { headers: { authorization: `Bearer ${METRICS_TOKEN}`, ...headers } }),
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}
