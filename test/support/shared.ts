import { inject } from 'vitest';
import type { Shared } from './global-setup.ts';

/** What the whole run shares; the test that first asks has it made. */
export async function shared<Name extends keyof Shared>(name: Name): Promise<Shared[Name]> {
  const answer = await fetch(new URL(name, inject('sharedUrl')));
  if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
  return (await answer.json()) as Shared[Name];
}
