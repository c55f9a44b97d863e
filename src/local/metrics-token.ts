import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../platform/config.ts';
import { writeDurably } from '../platform/durable-file.ts';
import { StartError } from './start-error.ts';

/** In the data folder, for its owner alone. */
export const metricsTokenFile = (folder: string): string => join(folder, 'metrics.token');

const TOKEN_BYTES = 32;
/** Visible ASCII, as it goes into a header, and too long to be guessed. */
const TOKEN = /^[\x21-\x7e]{16,512}$/;

export interface MetricsToken {
  readonly token: string;
  /** Absent if the environment says it. */
  readonly file?: string;
}

/**
 * What opens `/metrics`, and nothing else: that of the environment, or the one in the data folder,
 * which is made once. Throws `StartError`.
 */
export function metricsTokenOf(folder: string, { VARVE_METRICS_TOKEN: given }: Environment): MetricsToken {
  if (given !== undefined && given !== '') {
    if (!TOKEN.test(given))
      throw new StartError('VARVE_METRICS_TOKEN must have 16 to 512 visible ASCII characters without spaces.');
    return { token: given };
  }
  const file = metricsTokenFile(folder);
  const known = readToken(file);
  if (known !== undefined) return { token: known, file };
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  writeDurably(file, `${token}\n`);
  return { token, file };
}

/** One that is cut off or gone is made again. */
function readToken(file: string): string | undefined {
  try {
    const token = readFileSync(file, 'utf8').trim();
    return TOKEN.test(token) ? token : undefined;
  } catch {
    return undefined;
  }
}
