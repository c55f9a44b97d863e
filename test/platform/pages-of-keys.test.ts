import { expect, test } from 'vitest';
import { pagesOfKeys } from '../../src/platform/objects/pages-of-keys.ts';
import { createMemoryObjects } from '../support/memory-objects.ts';

const PAGE = 1000;
const keyOf = (at: number): string => `p/${String(at).padStart(5, '0')}`;

async function scene(count: number) {
  const store = createMemoryObjects({ now: () => 0 });
  for (let at = 0; at < count; at++) await store.put(keyOf(at), Buffer.from('x'));
  await store.put('q/0', Buffer.from('x'));
  let requests = 0;
  const list: typeof store.list = (prefix, options) => {
    requests += 1;
    return store.list(prefix, options);
  };
  return { objects: { list }, requests: () => requests };
}

test.each([
  { name: 'none', count: 0, sizes: [0] },
  { name: 'exactly a page', count: PAGE, sizes: [PAGE] },
  { name: 'one more than two pages', count: 2 * PAGE + 1, sizes: [PAGE, PAGE, 1] },
])('every key under the prefix comes once: $name', async ({ count, sizes }) => {
  const { objects, requests } = await scene(count);
  const pages: string[][] = [];
  for await (const keys of pagesOfKeys(objects, 'p/')) pages.push(keys.map(({ key }) => key));
  expect(pages.map((page) => page.length)).toEqual(sizes);
  expect(pages.flat()).toEqual(Array.from({ length: count }, (_, at) => keyOf(at)));
  expect(requests()).toBe(sizes.length);
});

test('it begins behind a key, and reads no page that is not asked for', async () => {
  const { objects, requests } = await scene(2 * PAGE);
  for await (const [first] of pagesOfKeys(objects, 'p/', keyOf(9))) {
    expect(first?.key).toBe(keyOf(10));
    break;
  }
  expect(requests()).toBe(1);
});
