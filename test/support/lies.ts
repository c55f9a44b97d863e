import type { Told } from './api.ts';
import type { Lie } from './lying-proxy.ts';

export interface NamedLie {
  readonly lie: string;
  readonly tell: Readonly<Record<string, Lie>>;
}

/** The image of these lies: blocks on three leaf pages, with holes, of 3000 blocks. */
export const LIED_BLOCKS: readonly number[] = [0, 1, 2, 5, 1023, 1024, 1030, 2500];
export const LIED_SIZE_BLOCKS = 3000;

const OTHER_ID = 'a'.repeat(64);

const at = (map: Told, index: number) => map.blocks.find((block: Told) => block.index === index);
/** Changes only an answer that has this block. */
const onBlock =
  (index: number, lie: (map: Told, block: Told) => void): Lie =>
  (map) => {
    const block = at(map, index);
    if (block !== undefined) lie(map, block);
  };
const swap = (left: Told, right: Told, ...fields: string[]) => {
  for (const field of fields) [left[field], right[field]] = [right[field], left[field]];
};
/** The answer ends before block `index`, as a smaller limit would end it. */
const cutAt = (map: Told, index: number, nextIndex: number | null) => {
  map.blocks = map.blocks.filter((block: Told) => block.index < index);
  map.nextIndex = nextIndex;
};

const blockLies: readonly (readonly [string, Lie])[] = [
  ['two blocks swapped', onBlock(1, (map, block) => swap(block, at(map, 2), 'id', 'url'))],
  ['two blocks of different pages swapped', onBlock(1, (map, block) => swap(block, at(map, 1030), 'id', 'url'))],
  ['a block left out', onBlock(2, (map) => (map.blocks = map.blocks.filter((block: Told) => block.index !== 2)))],
  ['a page left out', onBlock(2500, (map) => map.blocks.pop())],
  ['a block listed twice', onBlock(2, (map, block) => map.blocks.splice(2, 0, block))],
  ['a block once more in a hole', onBlock(5, (map, block) => map.blocks.splice(4, 0, { ...block, index: 6 }))],
  ['a block in an empty page', onBlock(2500, (map, block) => map.blocks.push({ ...block, index: 2600 }))],
  ['a block moved', onBlock(5, (_, block) => (block.index = 6))],
  ['a block behind the end', onBlock(2500, (_, block) => (block.index = LIED_SIZE_BLOCKS))],
  ['an index before the first', onBlock(5, (_, block) => (block.index = -1))],
  ['another id', onBlock(5, (_, block) => (block.id = OTHER_ID))],
  ['an id that is none', onBlock(5, (_, block) => (block.id = 'zero'))],
  ['blocks backwards', onBlock(5, (map) => map.blocks.reverse())],
  ['nothing', (map) => cutAt(map, 0, null)],
  ['an end in the midst', onBlock(1024, (map) => cutAt(map, 1024, null))],
  ['nextIndex behind a block that was not listed', onBlock(5, (map) => cutAt(map, 5, 6))],
  ['nextIndex on a page behind one that was not listed', onBlock(5, (map) => cutAt(map, 5, 2500))],
  ['nextIndex where it began', (map, { startIndex }) => cutAt(map, 1023, startIndex)],
  ['nextIndex behind the end', (map) => (map.nextIndex = LIED_SIZE_BLOCKS + 1)],
  ['another root', (map) => (map.root = OTHER_ID)],
  ['another size', (map) => (map.sizeBytes += 1)],
  ['another version', (map) => (map.version += 1)],
];

const pageLies: readonly (readonly [string, Lie])[] = [
  ['two pages swapped', ({ pages }) => swap(pages[0], pages[1], 'id')],
  ['a page left out', ({ pages }) => pages.splice(1, 1)],
  ['a page listed twice', ({ pages }) => pages.splice(1, 0, pages[1])],
  ['a page moved to the end', ({ pages }) => (pages[2].index = 3)],
  ['another id', ({ pages }) => (pages[0].id = OTHER_ID)],
  ['nothing', (map) => (map.pages = [])],
  ['one page alone', (map) => map.pages.splice(1)],
  ['nextIndex behind a page that was not listed', (map, { startIndex }) => skipPage(map, startIndex)],
  ['nextIndex where it began', (map, { startIndex = 0 }) => (map.nextIndex = startIndex)],
  ['another root', (map) => (map.root = OTHER_ID)],
  ['another size', (map) => (map.sizeBytes -= 1)],
  ['another version', (map) => (map.version -= 1)],
];

function skipPage(map: Told, startIndex: number): void {
  if (startIndex > 0) return;
  map.pages = map.pages.slice(0, 1);
  map.nextIndex = 2;
}

/** Each contradicts something else that the service says. */
export const LIES: readonly NamedLie[] = [
  ...blockLies.map(([lie, blockMap]) => ({ lie: `block map: ${lie}`, tell: { blockMap } })),
  ...pageLies.map(([lie, pageMap]) => ({ lie: `page map: ${lie}`, tell: { pageMap } })),
  ...['root', 'sizeBytes'].map((field) => {
    const lie: Lie = (stated) => {
      const holder = field === 'sizeBytes' && stated.sourceDisk ? stated.sourceDisk : stated;
      holder[field] = field === 'root' ? OTHER_ID : holder[field] + 1;
    };
    return { lie: `${field} of the source itself`, tell: { disk: lie, snapshot: lie } };
  }),
];
