import { ClientError } from '../../client/errors.ts';
import { invokeLocal } from '../../platform/functions/local.ts';
import type { Command } from '../command.ts';
import { facts } from '../console.ts';

interface Scraped {
  readonly url: string;
  /** Null if the environment of the server says the token. */
  readonly tokenFile: string | null;
}

export const metrics: Command = {
  path: 'metrics',
  summary: 'Show where the figures of a local installation are, and how to scrape them.',
  details: [
    'It is for operators. The local installation (--data) must be running. It prints what ' +
      'Prometheus needs in its configuration. The token opens the figures and nothing else. It is ' +
      'in metrics.token of the data folder, or in VARVE_METRICS_TOKEN of the server.',
    'docs/monitoring has rules for alerts and a dashboard for Grafana.',
  ],
  args: [],
  options: [],
  examples: [
    { does: 'What to put into prometheus.yml', line: 'varve metrics --data /srv/varve' },
    { does: 'For a script', line: 'varve metrics --json' },
  ],
  json: '`{url, tokenFile}`: `tokenFile` is null if the server has its token from the environment.',
  run: async ({ console, localFunctions, signal }) => {
    const scraped = (await invokeLocal(await localFunctions(), 'metrics', {}, signal)) as Partial<Scraped>;
    const { url, tokenFile = null } = scraped;
    if (typeof url !== 'string') throw new ClientError('BadAnswer', 'The server does not say where its figures are.');
    console.result({ url, tokenFile }, () => [
      ...facts([
        ['Metrics', url],
        ['Token', tokenFile ?? 'VARVE_METRICS_TOKEN of the server'],
      ]),
      '',
      ...howToScrape(url, tokenFile),
    ]);
  },
};

function howToScrape(url: string, tokenFile: string | null): string[] {
  const { protocol, host } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:')
    return ['Prometheus scrapes no sockets. Run the server with a port, or scrape by curl --unix-socket.'];
  return [
    'scrape_configs:',
    '  - job_name: varve',
    `    scheme: ${protocol.slice(0, -1)}`,
    '    authorization:',
    `      credentials_file: ${JSON.stringify(tokenFile ?? '/path/to/a/file/with/the/token')}`,
    '    static_configs:',
    `      - targets: [${JSON.stringify(host)}]`,
  ];
}
