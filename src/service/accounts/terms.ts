/**
 * The terms of the snapshot service by their version. One that anybody may have accepted is never
 * changed nor taken away: other terms have another version.
 */
const TERMS = {
  '2026-01': `Terms of the snapshot service, version 2026-01

1. Snapshots keep the contents of your disks in the storage of this installation, in the region
   that you open. What they share is stored once.
2. What is stored is metered by the hour. Prices and prepaid packages are set by the operator of
   the installation; "varve bill show" says what a month costs. A price of 0 is a price.
3. An account in arrears makes no snapshots after 24 hours. After 15 days its snapshots are
   deleted, except those from which a disk or an image was made. Paying restores the service.
4. A snapshot is kept until its retention ends, until it is deleted, or until an automatic one
   gives way by the policy that you chose. What you delete yourself can be brought back for the
   time that the account sets; what goes by itself cannot.
5. A snapshot lies in one region. It is no second place: copy what has to outlast a region.
6. Encrypted contents can be read only with their key. Without the key nobody can restore them.
`,
} as const;

export type TermsVersion = keyof typeof TERMS;

/** The terms in force. Accepting them is recorded with this name. */
export const CURRENT_TERMS: TermsVersion = '2026-01';

/** Null for a version that there never was. */
export function textOfTerms(version: string): string | null {
  return Object.hasOwn(TERMS, version) ? TERMS[version as TermsVersion] : null;
}
