import { MANIFESTS, type Manifest, readManifest, subjectOf } from '../../engine/books/manifest.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { pagesOfKeys } from '../../platform/objects/pages-of-keys.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';

const IN_FLIGHT = 16; // manifests are small: their latency is what costs

/** Something in the bucket that could not be taken over. */
export interface Loss {
  /** The manifest's key, or the id of what it is of. */
  readonly what: string;
  readonly why: string;
}

/** All manifests of one account in one bucket that count. */
export interface AccountManifests {
  readonly accountId: string;
  readonly manifests: readonly Manifest[];
  /** The highest number that there is of each node and of the account, readable or not. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly losses: readonly Loss[];
}

/** Whether there are any, of one account or at all. */
export async function hasManifests(objects: ObjectStore, onlyAccount?: string): Promise<boolean> {
  const { keys } = await objects.list(prefixOf(onlyAccount), { limit: 1 });
  return keys.length > 0;
}

function prefixOf(onlyAccount: string | undefined): string {
  return onlyAccount === undefined ? MANIFESTS : `${MANIFESTS}${onlyAccount}/`;
}

/** Account by account, so that no more than one account's are held at a time. */
export async function* readManifests(objects: ObjectStore, onlyAccount?: string): AsyncGenerator<AccountManifests> {
  let accountId: string | undefined;
  let keys: string[] = [];
  for await (const subject of subjects(objects, prefixOf(onlyAccount))) {
    const next = subject[0]?.split('/')[1] ?? '';
    if (accountId !== undefined && next !== accountId) {
      yield await readAccount(objects, accountId, keys);
      keys = [];
    }
    accountId = next;
    keys.push(subject.join('\n'));
  }
  if (accountId !== undefined) yield await readAccount(objects, accountId, keys);
}

/** The keys of each node's manifests, newest first. */
async function* subjects(objects: ObjectStore, prefix: string): AsyncGenerator<string[]> {
  let keys: string[] = [];
  for await (const page of pagesOfKeys(objects, prefix)) {
    for (const { key } of page) {
      const [before] = keys;
      if (before !== undefined && subjectOf(before) !== subjectOf(key)) {
        yield keys;
        keys = [];
      }
      keys.unshift(key);
    }
  }
  if (keys.length > 0) yield keys;
}

async function readAccount(
  objects: ObjectStore,
  accountId: string,
  subjectKeys: readonly string[],
): Promise<AccountManifests> {
  const losses: Loss[] = [];
  const read = await mapBounded(subjectKeys, IN_FLIGHT, (keys) => newestReadable(objects, keys.split('\n'), losses));
  const manifests = read.filter((manifest) => manifest?.accountId === accountId);
  const numbers = new Map(subjectKeys.map((keys) => numberOf(keys.split('\n')[0] ?? '')));
  return { accountId, manifests: manifests.filter((manifest) => manifest !== undefined), numbers, losses };
}

function numberOf(key: string): readonly [id: string, number: number] {
  const [, , id = '', number] = key.split('/');
  return [id, Number(number)];
}

/**
 * The newest, and where that is damaged the one before, which a crash may have left. Each damaged
 * one is named: what it said is not known any more, so even a node that is found again may be older
 * than it was.
 */
async function newestReadable(
  objects: ObjectStore,
  keys: readonly string[],
  losses: Loss[],
): Promise<Manifest | undefined> {
  for (const key of keys) {
    const bytes = await objects.get(key);
    const manifest = bytes === undefined ? 'is gone' : readManifest(bytes);
    if (typeof manifest !== 'string') return manifest;
    losses.push({ what: key, why: `the manifest ${manifest}` });
  }
  return undefined;
}
