import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
    if (!isAlive(pid))
      return warning(
        'server',
        'The last server was killed, or the power went.',
        'Start it: it goes on with what is there.',
      );
    const answer = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(ANSWER_MS) }).catch(
      () => undefined,
    );
    return answer?.ok
      ? ok('server', `The server runs and answers (${url}).`)
      : problem('server', `The server (process ${pid}) does not answer.`, 'See its log, and start it again.');
  } catch {
    return problem('server', `${path} is not readable.`, 'Start the server again.');
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
