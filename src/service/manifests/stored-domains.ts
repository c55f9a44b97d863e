import { registerDomain } from '../../engine/books/object-rows.ts';
import type { EngineDeps } from '../../engine/deps.ts';

const OBJECTS = 'objects/';

/**
 * Makes every domain that has anything in a bucket known to the janitor, those too of which nothing
 * is left but uploads that nobody refers to. One listing of a single key for each: it goes on
 * behind the last key that a domain can have.
 */
export async function registerStoredDomains(engine: EngineDeps, regionId: string): Promise<void> {
  const objects = engine.objects(regionId);
  for (let after = OBJECTS; ; ) {
    const { keys } = await objects.list(OBJECTS, { after, limit: 1 });
    const [found] = keys;
    if (found === undefined) return;
    const domainId = found.key.slice(OBJECTS.length).split('/')[0] ?? '';
    await registerDomain(engine.catalogue, { domainId, regionId });
    after = `${OBJECTS}${domainId}/~`; // ids are hex digits, all below a tilde
  }
}
