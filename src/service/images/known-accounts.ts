import { patch, put } from '../../platform/catalogue/port.ts';
import { dayOf, isoTime } from '../../platform/clock.ts';
import { invalid } from '../../platform/errors.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { accountEntity } from '../model/accounts/rows.ts';
import { shareGuessEntity } from '../model/images/rows.ts';
import type { Service } from '../service.ts';

/** More wrong names than people mistype in a day, and too few to find out who else is here. */
const GUESSES_A_DAY = 20;
const DAY_MS = 86_400_000;
const KEPT_MS = 2 * DAY_MS;

type Deps = Pick<Service, 'catalogue' | 'clock' | 'random'>;

/**
 * Rule 6.2: the first of these accounts that does not exist, for which the share is refused. Such a
 * refusal tells who else is here. So an account has few of them in a day. After them it shares with
 * no further account until the next day, whether that exists or not.
 *
 * A guess is taken before the names are looked up, and given back if all of them exist. Otherwise
 * many calls at the same time could ask more.
 */
export async function missingAccount(deps: Deps, caller: Caller, ids: readonly string[]): Promise<string | undefined> {
  if (ids.length === 0) return undefined;
  const key = { accountId: caller.accountId, day: dayOf(deps.clock.now()) };
  await takeGuess(deps, key);
  const rows = await deps.catalogue.getMany(
    accountEntity,
    ids.map((id) => ({ id })),
  );
  const missing = ids.find((_, at) => rows[at] === undefined);
  if (missing !== undefined) return missing;
  await deps.catalogue.transact([patch(shareGuessEntity, key, { add: { taken: -1 } })]);
  return undefined;
}

function takeGuess(deps: Deps, key: { readonly accountId: string; readonly day: string }): Promise<void> {
  const { catalogue, clock } = deps;
  return untilAccepted(deps, async () => {
    const row = await catalogue.get(shareGuessEntity, key);
    if ((row?.taken ?? 0) >= GUESSES_A_DAY) {
      const again = isoTime(Date.parse(key.day) + DAY_MS);
      throw invalid('accountIds', `too many accounts were named today that do not exist; go on at ${again}`);
    }
    const forgetAt = Math.floor((clock.now() + KEPT_MS) / 1000);
    const first = put(shareGuessEntity, { ...key, taken: 1, forgetAt });
    const further = { add: { taken: 1 }, when: [{ attribute: 'taken', is: '<', value: GUESSES_A_DAY }] } as const;
    const result = await catalogue.transact([row === undefined ? first : patch(shareGuessEntity, key, further)]);
    return result.ok ? { ok: true, value: undefined } : { ok: false, refused: result.failed };
  });
}
