import { join, relative } from 'node:path';

export interface Banner {
  readonly url: string;
  readonly dataDir: string;
  readonly cwd: string;
  readonly tookMs: number;
  readonly warnings: readonly string[];
}

export function banner({ url, dataDir, cwd, tookMs, warnings }: Banner): string {
  const shown = (path: string): string => {
    const short = relative(cwd, path);
    return short === '' || short.startsWith('..') ? path : short;
  };
  return [
    `Varve is ready after ${(tookMs / 1000).toFixed(1)} s.`,
    '',
    `  API        ${url}`,
    `  Admin key  ${shown(join(dataDir, 'admin.key'))}`,
    `  Data       ${shown(dataDir)}`,
    `  Logs       ${shown(join(dataDir, 'logs'))}`,
    '',
    ...warnings.flatMap((warning) => [warning, '']),
    'Ctrl-C ends it.',
  ].join('\n');
}
