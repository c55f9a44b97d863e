/** Values that no operation may take, by what they are for. */
export const LONG = 'x'.repeat(1000);
export const HASH = 'a'.repeat(64);
const TAGS = Array.from({ length: 51 }, (_, at) => ({ key: `k${at}` }));
export const BAD_TOKENS = ['', 'with space', 'é', 'x'.repeat(65)];

type Field = string;
/** Operation, a good input, and for each field the values that it must refuse. */
export type Row = readonly [string, () => Record<string, unknown>, Readonly<Record<Field, readonly unknown[]>>];

export const names = ['', 'a', '1abc', 'http://x', 'x'.repeat(129), 'a\u0000b', 'a\ud800', 5, {}];
export const tags = [
  TAGS,
  [{ key: '' }],
  [{ key: 'x'.repeat(129) }],
  [{ key: 'a', value: 'x'.repeat(257) }],
  [{ key: 'a' }, { key: 'a' }],
  [null],
  'x',
];
/** Of inputs that change single tags. */
export const singleTags = {
  addTags: tags,
  removeTags: [TAGS.map(({ key }) => key), [''], ['x'.repeat(129)], [null], 5],
};
export const sizes = [0, -1, 1.5, '1', 2 ** 53, 64 * 1024 ** 4 + 1, null];
export const versions = [-1, 0.5, '0', 2 ** 53];
export const missingIds = [
  '',
  'nonsense',
  LONG,
  '../../etc',
  'd-',
  'd-00000000000000000000',
  's-00000000000000000000',
  '\u0000',
];
