import type { Client } from '../client/client.ts';
import { ClientError } from '../client/errors.ts';
import type { Disk } from '../client/service/disks.ts';
import type { Image } from '../client/service/images.ts';
import type { Instance } from '../client/service/instances.ts';
import type { Collected } from '../client/service/pages.ts';
import type { Policy } from '../client/service/policies.ts';
import type { Snapshot } from '../client/service/snapshots.ts';

const ID_CHARS = '[0-9a-hjkmnp-tv-z]{20}';
/** More objects of one name than this are not counted. */
const LIMIT = 1000;
const SHOWN = 3;

/** A disk by its id or by a name that only one has. */
export async function findDisk(client: Client, text: string, region?: string): Promise<Disk> {
  const found = isId('d', text) ? await client.disks.get(text) : null;
  if (found) return found;
  const filter = { name: text };
  return one('disk', text, () => client.disks.list({ region, filter, limit: LIMIT }));
}

/** A snapshot by its id or by a name that only one has. */
export async function findSnapshot(client: Client, text: string, region?: string): Promise<Snapshot> {
  const found = isId('s', text) ? await client.snapshots.get(text) : null;
  if (found) return found;
  const filter = { name: text };
  return one('snapshot', text, () => client.snapshots.list({ region, filter, limit: LIMIT }));
}

/** The id that `text` is, or that its disk or snapshot has. */
export async function findDiskId(client: Client, text: string, region?: string): Promise<string> {
  return isId('d', text) ? text : (await findDisk(client, text, region)).id;
}

/** An instance by its id or by a name that only one has. */
export async function findInstance(client: Client, text: string, region?: string): Promise<Instance> {
  const found = isId('i', text) ? await client.instances.get(text) : null;
  if (found) return found;
  const filter = { name: text };
  return one('instance', text, () => client.instances.list({ region, filter, limit: LIMIT }));
}

/**
 * An image by its id or by a name that only one has, of the account's own and those shared with it.
 */
export async function findImage(client: Client, text: string, region?: string): Promise<Image> {
  const found = isId('m', text) ? await client.images.get(text) : null;
  if (found) return found;
  return one('image', text, async () => {
    const [own, shared] = await Promise.all([
      client.images.list({ region, filter: { name: text }, limit: LIMIT }),
      client.images.listShared({ region, name: text, limit: LIMIT }),
    ]);
    return { nodes: [...own.nodes, ...shared.nodes], more: own.more || shared.more };
  });
}

/** A policy by its id or by a name that only one has. */
export async function findPolicy(client: Client, text: string, region?: string): Promise<Policy> {
  const found = isId('sp', text) ? await client.policies.get(text) : null;
  if (found) return found;
  const filter = { name: text };
  const listed = await one('policy', text, () => client.policies.list({ region, filter, limit: LIMIT }));
  const { slots: _, ...policy } = listed;
  return policy;
}

/** The id that `text` is, or that its policy has; undefined for none. */
export async function findPolicyId(client: Client, text: string | undefined, region?: string) {
  return text === undefined || isId('sp', text) ? text : (await findPolicy(client, text, region)).id;
}

/** The id that `text` is, or that its image has. */
export async function findImageId(client: Client, text: string, region?: string): Promise<string> {
  return isId('m', text) ? text : (await findImage(client, text, region)).id;
}

function isId(prefix: string, text: string): boolean {
  return new RegExp(`^${prefix}-${ID_CHARS}$`).test(text);
}

async function one<Named extends { id: string }>(
  kind: string,
  text: string,
  list: () => Promise<Collected<Named>>,
): Promise<Named> {
  const { nodes, more } = await list();
  const [only, ...others] = nodes;
  if (!only) throw new ClientError('NotFound', `There is no ${kind} '${text}'.`, { [kind]: text });
  if (others.length === 0) return only;
  const ids = nodes.map(({ id }) => id);
  const kinds = kind === 'policy' ? 'policies' : `${kind}s`;
  const count = `${ids.length}${more ? ' or more' : ''} ${kinds}`;
  const message = `${count} are named '${text}': give an id, such as ${ids.slice(0, SHOWN).join(', ')}.`;
  throw new ClientError('AmbiguousName', message, { ids });
}
