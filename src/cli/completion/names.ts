import type { Client } from '../../client/client.ts';
import { visible } from '../visible.ts';
import type { Candidate } from './fits.ts';
import type { NamedKind } from './kinds.ts';

/** More would not be read. */
const MOST = 100;

export interface NamesRequest {
  readonly kind: Exclude<NamedKind, 'profile'>;
  readonly prefix: string;
  readonly region: string | undefined;
}

/** Names of what the caller may see, with the id beside them. */
export async function namesOf(client: Client, request: NamesRequest): Promise<Candidate[]> {
  const found = await list(client, request);
  return found
    .map(({ id, name, what }) => ({ value: usable(name) ? name : id, summary: what ?? id }))
    .filter(({ value }) => value.startsWith(request.prefix));
}

interface Found {
  readonly id: string;
  readonly name: string;
  readonly what?: string;
}

async function list(client: Client, { kind, prefix, region }: NamesRequest): Promise<readonly Found[]> {
  const request = { region, limit: MOST, ...(prefix !== '' && { filter: { namePrefix: prefix } }) };
  switch (kind) {
    case 'disk':
      return (await client.disks.list(request)).nodes;
    case 'snapshot':
      return (await client.snapshots.list(request)).nodes;
    case 'image':
      return (await client.images.list(request)).nodes;
    case 'instance':
      return (await client.instances.list(request)).nodes;
    case 'policy':
      return (await client.policies.list(request)).nodes;
    case 'region': {
      const { regions } = await client.account.status();
      return regions.map(({ name, isDefault }) => ({ id: name, name, what: isDefault ? 'default' : 'region' }));
    }
  }
}

/** A name with hidden characters would not be seen as it is. The id is offered in its place. */
function usable(name: string): boolean {
  return visible(name) === name && !name.startsWith(':');
}
