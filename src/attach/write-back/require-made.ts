import { contradiction } from '../../client/download/contradiction.ts';
import { UnprovedCommit } from '../errors.ts';
import type { KnownVersion } from '../journal/version-note.ts';

export interface CommitAnswer {
  readonly made: KnownVersion;
  /** What the writes and trims make of the contents `before`, as computed here. */
  readonly expected: KnownVersion;
  readonly before: KnownVersion;
}

/**
 * Throws `UnprovedCommit` if the service says that a commit made other contents than it can have
 * made (rule 9.6). A change that leaves the contents as they were makes no version of its own.
 */
export function requireMade(diskId: string, { made, expected, before }: CommitAnswer): void {
  const isSame = expected.root === before.root && made.version === before.version;
  if (made.root !== expected.root) throw unproved(diskId, expected.root, made.root);
  if (made.version !== expected.version && !isSame) throw unproved(diskId, expected.version, made.version);
}

function unproved(diskId: string, expected: string | number, came: string | number): UnprovedCommit {
  const cause = contradiction(diskId, { what: 'the answer to a commit', expected, came });
  return new UnprovedCommit(cause.message, { cause });
}
