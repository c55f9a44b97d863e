import { readFile } from 'node:fs/promises';
import { type Catalogue, put } from '../platform/catalogue/port.ts';
import { type Clock, isoTime } from '../platform/clock.ts';
import { writeDurably } from '../platform/durable-file.ts';
import { createSecret, parseKey } from '../service/accounts/credentials.ts';
import { accountEntity, apiKeyEntity } from '../service/model/accounts/rows.ts';

export const LOCAL_ACCOUNT = 'local';

export interface LocalAdminOptions {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
  /** Where the key's text lies, readable by its owner alone. */
  readonly keyFile: string;
}

/**
 * The account and admin key of a single-machine installation. The file comes first and the rows
 * follow from it, so that a crash in between is mended by the next start; when both are there,
 * nothing changes. A key that was revoked stays so.
 */
export async function ensureLocalAdmin(options: LocalAdminOptions): Promise<void> {
  const { catalogue, clock, keyFile } = options;
  const known = parseKey(await readText(keyFile));
  const key = known ?? createSecret(options.random);
  if (known === undefined) writeDurably(keyFile, `${key.text}\n`);
  const createdAt = isoTime(clock.now());
  await catalogue.transact([put(accountEntity, { id: LOCAL_ACCOUNT, name: 'This machine', createdAt })]);
  const { id, secretHash } = key;
  const name = 'Local administrator';
  await catalogue.transact([
    put(apiKeyEntity, {
      ...{ id, accountId: LOCAL_ACCOUNT, name, role: 'ADMIN', secretHash, createdAt },
      createdBy: 'operator',
    }),
  ]);
}

async function readText(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
