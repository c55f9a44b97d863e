import type { EngineDeps } from '../../engine/deps.ts';
import { inspect, noteDamage, type Owner } from '../../engine/health/damage.ts';
import { mend } from '../../engine/health/mend.ts';
import type { CountFault } from '../../engine/health/recount.ts';
import { sizeText } from '../../platform/size-text.ts';

export interface Settled {
  /** Whether the object itself is damaged or missing, and this was not known. */
  readonly damaged: boolean;
  /** Whether what the catalogue says of it is wrong. */
  readonly wrong: boolean;
  readonly mended: boolean;
}

/**
 * Whether a fault is one of the object or of the catalogue, and what is done about it. Objects are
 * never touched.
 */
export async function settleFault(
  engine: EngineDeps,
  owner: Owner,
  fault: CountFault,
  { repair, sealed, seenBy }: { readonly repair: boolean; readonly sealed: boolean; readonly seenBy: string },
): Promise<Settled> {
  const { id, kinds } = fault;
  const typed = fault.isPage === undefined ? { ...fault, isPage: await isPageNow(engine, owner, fault) } : fault;
  const isCount = kinds.includes('COUNT') || kinds.includes('NO_ROW');
  // A page that is not there cannot be told from a block; pages that are needed are read by the
  // recount itself.
  const isSuspect = kinds.includes('MISSING') || kinds.includes('LENGTH');
  const seen = isSuspect ? await inspect(engine, owner, { id, isPage: false, sealed }) : undefined;
  const asPage = seen?.reason === undefined ? undefined : await inspect(engine, owner, { id, isPage: true, sealed });
  const reason = asPage?.reason === undefined ? undefined : seen?.reason;
  const wrong = isCount || (isSuspect && reason === undefined);
  const mended = repair && wrong && (await mend(engine, owner, reason === undefined ? typed : keepLength(typed)));
  const damaged =
    reason !== undefined && (await noteDamage(engine, owner, { id, isPage: false, sealed, reason }, seenBy));
  return { damaged, wrong, mended };
}

/** Of an object that nothing refers to, its bytes tell what it is. */
async function isPageNow(engine: EngineDeps, owner: Owner, { id }: CountFault): Promise<boolean> {
  return (await inspect(engine, owner, { id, isPage: true, sealed: false })).reason === undefined;
}

/** A damaged object's length says nothing. */
function keepLength({ storedBytes: _, ...fault }: CountFault): CountFault {
  return fault;
}

export function describeFault(
  domainId: string,
  { id, expected, row, storedBytes }: CountFault,
  mended: boolean,
): string {
  const has = row === undefined ? 'no row' : `${row.refs} references and ${sizeText(row.storedBytes)}`;
  const should = `${expected} references${storedBytes === undefined ? '' : ` and ${sizeText(storedBytes)}`}`;
  return `object ${id} of domain ${domainId} has ${has}, and should have ${should}${mended ? ': mended' : ''}`;
}
