import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_KEY_ID } from '../names.ts';
import { StartError } from '../start-error.ts';
import { type BackupManifest, KEYS } from './backup-form.ts';

const MARK_CHARACTERS = 32;

/**
 * Tells the backups of one installation from those of others, by its first master key, of which it
 * says nothing. It stays when a folder is restored with its keys. Undefined without keys.
 */
export function markOf(dataDir: string): string | undefined {
  try {
    const { keys } = JSON.parse(readFileSync(join(dataDir, KEYS), 'utf8')) as { keys: Record<string, string> };
    const key = keys[LOCAL_KEY_ID];
    return key === undefined ? undefined : hash('sha256', `varve installation ${key}`).slice(0, MARK_CHARACTERS);
  } catch {
    return undefined;
  }
}

/** What the backup of one installation does not need, another one's may: it would be deleted. */
export function requireSameInstallation(
  to: string,
  before: BackupManifest | string | undefined,
  installation: string | undefined,
): void {
  if (typeof before !== 'object' || before.installation === undefined || installation === undefined) return;
  if (before.installation !== installation)
    throw new StartError(
      `${to} holds the backup of another installation (of ${before.madeAt}), which would be lost: ` +
        'choose another place.',
    );
}
