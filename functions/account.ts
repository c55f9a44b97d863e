import { createAccount, type NewAccount } from '../src/accounts/create-account.ts';
import { composeOnce } from '../src/composition.ts';

const composed = composeOnce(process.env);

/** Called by the operator under IAM, never by the API: `{"account": "team-a"}`. */
export async function handler(event: { readonly account?: unknown; readonly name?: unknown }): Promise<NewAccount> {
  return createAccount(composed().service, event);
}
