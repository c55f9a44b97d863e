import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import { addressOf } from '../../../platform/http-address.ts';
import { processExists } from '../../../platform/process-exists.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const NODE_MAJOR = 24;
const ANSWER_MS = 5_000;

export function nodeFinding(version: string): Finding {
  return Number.parseInt(version, 10) >= NODE_MAJOR
    ? ok('node', `Node is ${version}.`)
    : problem('node', `Node is ${version}.`, `Install Node ${NODE_MAJOR} or later.`);
}

/** Whether the server of a data folder runs and answers. */
export async function serverFinding(data: string): Promise<Finding> {
  const path = join(data, 'endpoint.json');
  if (!existsSync(path)) return ok('server', 'No server runs.');
  try {
    const { url, pid } = JSON.parse(readFileSync(path, 'utf8')) as { readonly url: string; readonly pid: number };
    if (!processExists(pid))
      return warning(
        'server',
        'The last server was killed, or the power went.',
        'Start it: it goes on with what is there.',
      );
    return (await isReady(url))
      ? ok('server', `The server runs and answers (${url}).`)
      : problem('server', `The server (process ${pid}) does not answer.`, 'See its log, and start it again.');
  } catch {
    return problem('server', `${path} is not readable.`, 'Start the server again.');
  }
}

/** Any address that a server may have: a port, with or without TLS, or a socket. */
async function isReady(url: string): Promise<boolean> {
  const { isSecure, target } = addressOf(url);
  const signal = AbortSignal.timeout(ANSWER_MS);
  const request = (isSecure ? https : http).get({ ...target, path: '/healthz', signal });
  try {
    const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
    answer.resume();
    return answer.statusCode === 200;
  } catch {
    return false;
  }
}
