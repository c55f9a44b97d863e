import type { ArgumentSpec, OptionSpec } from '../command.ts';

/** Things with names that the service lists, and what this machine knows. */
export type NamedKind = 'disk' | 'snapshot' | 'image' | 'instance' | 'policy' | 'region' | 'profile';

/** What a value is completed with. */
export type Completes = NamedKind | 'files' | 'nothing';

/**
 * By the word that stands for the value in the help. What is not here is completed with nothing.
 */
const BY_WORD: Readonly<Record<string, Completes>> = {
  DISK: 'disk',
  SNAPSHOT: 'snapshot',
  LATER: 'snapshot',
  IMAGE: 'image',
  INSTANCE: 'instance',
  POLICY: 'policy',
  REGION: 'region',
  PROFILE: 'profile',
  SOURCE: 'files',
  OUTPUT: 'files',
  FROM: 'files',
  TO: 'files',
  DIR: 'files',
  PATH: 'files',
  FILE: 'files',
};

export function kindsOf(spec: ArgumentSpec | OptionSpec): readonly Completes[] {
  if (spec.completes !== undefined) return spec.completes;
  const word = 'takes' in spec ? spec.value : spec.name;
  return [BY_WORD[word ?? ''] ?? 'nothing'];
}
