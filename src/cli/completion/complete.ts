import { openClient } from '../../client/client.ts';
import { Patience } from '../../client/flow/patience.ts';
import type { Command } from '../command.ts';
import { ProfileStore } from '../profiles/store.ts';
import { findSettings } from '../settings.ts';
import { parseDuration } from '../sizes.ts';
import { type Candidate, type Fit, fitsAt } from './fits.ts';
import { namesOf } from './names.ts';

/** A person who pressed a key waits no longer, unless the environment says so. */
const LONGEST_MS = 1500;

export interface CompleteOptions {
  readonly commands: readonly Command[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/**
 * What `varve __complete WORD...` prints for the scripts of the shells: a candidate on each line,
 * with a tab and its summary, then `:files` if names of files fit too. It never fails: what cannot
 * be looked up, or not in time, is left out.
 */
export async function complete(words: readonly string[], options: CompleteOptions): Promise<string[]> {
  const fit = fitsAt(options.commands, words);
  const found = [...fit.candidates, ...(await lookUp(fit, options).catch(() => []))];
  const lines = found.map(({ value, summary }) => {
    const candidate = `${fit.before}${value}`;
    return summary === undefined ? candidate : `${candidate}\t${summary.split('\n')[0]}`;
  });
  return [...lines, fit.names.includes('files') ? ':files' : ':none'];
}

async function lookUp({ names, prefix, given }: Fit, options: CompleteOptions): Promise<Candidate[]> {
  const kinds = names.filter((kind) => kind !== 'files' && kind !== 'nothing' && kind !== 'profile');
  const { environment, cwd } = options;
  const store = new ProfileStore(environment);
  const profiles = names.includes('profile') ? store.list().filter((name) => name.startsWith(prefix)) : [];
  if (kinds.length === 0) return profiles.map((value) => ({ value }));
  const longestMs = parseDuration(environment.VARVE_COMPLETION_TIMEOUT ?? '') ?? LONGEST_MS;
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(longestMs)]);
  const {
    keyFile,
    chosen: _,
    ...endpoint
  } = await findSettings({
    data: given.get('data'),
    endpoint: given.get('endpoint'),
    profile: given.get('profile'),
    apiKey: given.get('api-key'),
    environment,
    cwd,
  });
  const client = openClient({ endpoint, keyFile, signal, patience: new Patience({ ms: 0 }) });
  try {
    const region = given.get('region');
    const found = await Promise.all(kinds.map((kind) => namesOf(client, { kind, prefix, region }).catch(() => [])));
    return found.flat();
  } finally {
    client.close();
  }
}
