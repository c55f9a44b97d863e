import { getNamedType, getNullableType, isEnumType } from 'graphql';
import { leafKind, type Place } from './schema-inputs.ts';

/** What programs are given by mistake and by people who mean ill, by the kind of value. */
const TEXTS = [
  '',
  'x'.repeat(10_000),
  'a\u0000b',
  '\ud800',
  '👩‍👩‍👧‍👦'.repeat(20),
  '\u202egnp.exe\u202c مرحبا',
  '__proto__',
  '../../etc/passwd',
];
const WHOLE = [0, -1, 1.5, '5', 2 ** 31, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 1e308];
const INSTANTS = [
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-02-30T00:00:00Z',
  '2026-01-01T00:00:00+99:99',
  '2026-01-01',
];
const NEITHER = [null, {}];
const LONG_LISTS = [101, 3000];

/** `member`: what a list holds when nobody means ill. */
export function hostileValues({ type }: Place, member: unknown): readonly unknown[] {
  const plain = getNullableType(type);
  switch (leafKind(type)) {
    case 'list':
      return [null, [], [null], [[]], {}, 'x', ...LONG_LISTS.map((length) => new Array<unknown>(length).fill(member))];
    case 'enum':
      return [
        ...(isEnumType(plain) ? plain.getValues().map(({ name }) => name) : []),
        '',
        'NOPE',
        'none\u0000',
        5,
        ...NEITHER,
      ];
    case 'Boolean':
      return [true, 'yes', null];
    case 'Int':
    case 'SafeInt':
    case 'Float':
      return [...WHOLE, 'NaN', ...NEITHER];
    case 'DateTime':
      return [...INSTANTS, ...TEXTS.slice(0, 3), 5, ...NEITHER];
    case 'ID':
    case 'String':
      return [...TEXTS, 5, ...NEITHER];
    default:
      throw new Error(`no hostile values for ${getNamedType(type).name}: say some`);
  }
}
