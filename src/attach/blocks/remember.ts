import type { LRUCache } from 'lru-cache';

/** What is known under the key, or else is asked for now. A failure is not remembered. */
export function remember<Key extends string | number, T>(
  known: LRUCache<Key, Promise<T>>,
  key: Key,
  ask: () => Promise<T>,
): Promise<T> {
  const found = known.get(key);
  if (found !== undefined) return found;
  const asked = ask();
  known.set(key, asked);
  asked.catch(() => {
    if (known.peek(key) === asked) known.delete(key);
  });
  return asked;
}
