import type { ProxyEnv } from 'node:http';

/** As the variables of that name say, which other programs read too. */
export type Proxies = ProxyEnv;

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const;
const EXCEPTIONS = ['NO_PROXY', 'no_proxy'] as const;

/** Undefined if no variable names a proxy. */
export function proxiesOf(environment: Readonly<Record<string, string | undefined>>): Proxies | undefined {
  if (PROXIES.every((name) => !environment[name])) return undefined;
  return Object.fromEntries(
    [...PROXIES, ...EXCEPTIONS].flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  );
}

/** Node's agents know proxies from 22.21 and 24.5 on. */
export function agentsKnowProxies(): boolean {
  return process.allowedNodeEnvironmentFlags.has('--use-env-proxy');
}
