import { NOT_PROVED } from '../../client/download/contradiction.ts';
import { ClientError } from '../../client/errors.ts';
import type { KnownVersion, KnownVersions } from '../journal/version-note.ts';

export interface PresentVersion extends KnownVersion {
  /** Whether nobody else can have changed the disk since the journal's last writer took it. */
  readonly isAlone: boolean;
}

/**
 * Why the disk cannot be the one that an attachment before saw and wrote to: it is older, or other
 * contents have the number of a version that is known (rule 9.6).
 */
export function strangenessOf(
  { made, expected }: KnownVersions,
  { version, root, isAlone }: PresentVersion,
): string | undefined {
  if (version < made.version) {
    return `the disk is at version ${version}, and an attachment on this machine saw version ${made.version}`;
  }
  const known = [made, ...(isAlone && expected !== undefined ? [expected] : [])].find((one) => one.version === version);
  if (known === undefined || known.root === root) return undefined;
  return `version ${version} of the disk has root ${root}, and an attachment on this machine knows it with root ${known.root}`;
}

/** By what a `journal` remembers, or the `note` of an attachment that ended in order. */
export function strangeDisk(
  diskId: string,
  by: { readonly journal: string } | { readonly note: string },
  why: string,
): ClientError {
  const path = 'journal' in by ? by.journal : by.note;
  const then = 'journal' in by ? ': then the journal is set aside' : '';
  const help = `If the disk was restored on purpose, name its present contents with --root${then}.`;
  const message = `Disk ${diskId} is not what ${path} remembers: ${why}. ${help}`;
  return new ClientError('ObjectDamaged', message, { diskId, reason: NOT_PROVED, ...by });
}
