import type { Shape } from '../../generated/operations.ts';

/**
 * Where an answer is not of its shape, such as `disks.nodes[3].id is null`; undefined where it is.
 * A client that believed its types alone would fail anywhere later, in words that nobody can use.
 */
export function misfitOf(value: unknown, shape: Shape, path = 'data'): string | undefined {
  if (typeof shape === 'string') return isLeaf(value, shape) ? undefined : `${path} is ${named(value)}`;
  if (!isRule(shape)) return misfitOfObject(value, shape, path);
  const [rule, inner] = shape;
  if (rule === 'nullable') return value === null ? undefined : misfitOf(value, inner, path);
  if (rule === 'absent') return value === undefined ? undefined : misfitOf(value, inner, path);
  if (!Array.isArray(value)) return `${path} is ${named(value)}`;
  for (const [at, member] of value.entries()) {
    const misfit = misfitOf(member, inner, `${path}[${at}]`);
    if (misfit !== undefined) return misfit;
  }
  return undefined;
}

function misfitOfObject(value: unknown, shape: Fields, path: string): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${path} is ${named(value)}`;
  for (const [field, inner] of Object.entries(shape)) {
    const own: unknown = Object.hasOwn(value, field) ? (value as Record<string, unknown>)[field] : undefined;
    const misfit = misfitOf(own, inner, path === 'data' ? field : `${path}.${field}`);
    if (misfit !== undefined) return misfit;
  }
  return undefined;
}

type Fields = Exclude<Shape, string | readonly unknown[]>;

function isRule(shape: Exclude<Shape, string>): shape is Exclude<Shape, string | Fields> {
  return Array.isArray(shape);
}

/** All numbers of the schema are whole. */
function isLeaf(value: unknown, type: string): boolean {
  return type === 'number' ? Number.isSafeInteger(value) : typeof value === type;
}

function named(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `of type ${typeof value}`;
}
