import { type Catalogue, put } from '../../platform/catalogue/port.ts';
import { type Clock, isoTime } from '../../platform/clock.ts';
import { invalid } from '../../platform/errors.ts';
import { parseName } from '../calls/text.ts';
import { type AccountRow, accountEntity, apiKeyEntity } from '../model/accounts/rows.ts';
import { createSecret } from './credentials.ts';

export interface NewAccount {
  readonly accountId: string;
  /** An ADMIN key of the account. It is in this answer and nowhere else. */
  readonly apiKey: string;
}

/**
 * An account with an administrator's key. For an account that exists it makes one more key, so that
 * an operator who has lost the last one gets in again. Who may call this decides everything: it is
 * no part of the API.
 */
export async function createAccount(
  deps: { readonly catalogue: Catalogue; readonly clock: Clock; readonly random: (bytes: number) => Uint8Array },
  input: { readonly account?: unknown; readonly name?: unknown },
): Promise<NewAccount> {
  const accountId = parseAccountId(input.account);
  const { name = accountId } = input;
  if (typeof name !== 'string') throw invalid('name', 'must be text');
  const createdAt = isoTime(deps.clock.now());
  const secret = createSecret(deps.random);
  const account: AccountRow = { id: accountId, name: parseName('name', name), createdAt };
  await deps.catalogue.transact([put(accountEntity, account)]); // refused where it exists: fine
  const { id, secretHash } = secret;
  const key = {
    id,
    accountId,
    name: 'Administrator',
    role: 'ADMIN',
    secretHash,
    createdAt,
    createdBy: 'operator',
  } as const;
  await deps.catalogue.transact([put(apiKeyEntity, key)]);
  return { accountId, apiKey: secret.text };
}

function parseAccountId(value: unknown): string {
  if (typeof value === 'string' && /^[a-z][a-z0-9-]{1,62}$/.test(value)) return value;
  throw invalid('account', 'must be 2–63 lower-case letters, digits or hyphens, first a letter');
}
