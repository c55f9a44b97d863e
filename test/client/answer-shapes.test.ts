import { describe, expect, test } from 'vitest';
import { BRIEF, Patience } from '../../src/client/flow/patience.ts';
import { createGraphql } from '../../src/client/service/graphql.ts';
import type { Http } from '../../src/client/service/http.ts';
import type { Operation, Shape } from '../../src/generated/operations.ts';
import * as operations from '../../src/generated/operations.ts';

/** A service that answers in another form than Varve's is refused, whatever it is asked. */

const OPERATIONS = Object.entries(operations) as [string, Operation<object, object>][];

async function answerTo(operation: Operation<never, object>, data: unknown): Promise<unknown> {
  const http: Http = {
    patience: new Patience({ ...BRIEF, sleep: async () => undefined }),
    request: async () => ({ status: 200, headers: {}, body: Buffer.from(JSON.stringify({ data })) }),
    close: () => undefined,
  };
  const graphql = createGraphql({ http, endpoint: { url: 'http://x', apiKey: 'k' } });
  return graphql.call(operation, {} as never, new AbortController().signal);
}

const isRule = (shape: Shape): shape is readonly ['list' | 'nullable' | 'absent', Shape] => Array.isArray(shape);

const RIGHT = { string: 'text', number: 1, boolean: true } as const;

/** An answer with everything that the shape has. */
function right(shape: Shape): unknown {
  if (typeof shape === 'string') return RIGHT[shape];
  if (isRule(shape)) return shape[0] === 'list' ? [right(shape[1])] : right(shape[1]);
  return Object.fromEntries(Object.entries(shape).map(([field, inner]) => [field, right(inner)]));
}

const WRONG: readonly unknown[] = [null, undefined, {}, [], [null], 'text', 1, 1.5, true];

const isEmpty = (value: unknown): boolean => JSON.stringify(value) === '{}';

function isAllowed(value: unknown, shape: Shape): boolean {
  if (typeof shape === 'string') return typeof value === shape && value !== 1.5;
  if (!isRule(shape))
    return isEmpty(value) && Object.values(shape).every((inner) => isRule(inner) && inner[0] === 'absent');
  if (shape[0] === 'list') return Array.isArray(value) && value.every((member) => isAllowed(member, shape[1]));
  return value === (shape[0] === 'nullable' ? null : undefined) || isAllowed(value, shape[1]);
}

/** The right answer with one wrong value in it, for each value and each place in turn. */
function* wrong(shape: Shape): Generator<unknown> {
  for (const value of WRONG) if (!isAllowed(value, shape)) yield value;
  if (typeof shape === 'string') return;
  if (isRule(shape)) {
    for (const inner of wrong(shape[1])) {
      if (shape[0] !== 'list' && !isAllowed(inner, shape)) yield inner;
      if (shape[0] === 'list' && inner !== undefined) yield [inner]; // else null travels
    }
    return;
  }
  const whole = right(shape) as Readonly<Record<string, unknown>>;
  for (const [field, inner] of Object.entries(shape))
    for (const value of wrong(inner)) yield { ...whole, [field]: value };
}

describe('an answer of another shape is refused, with where it is wrong', () => {
  test.each(OPERATIONS)('%s', async (_, operation) => {
    const whole = right(operation.shape);
    expect(await answerTo(operation, whole)).toEqual(whole);
    let told = 0;
    for (const data of wrong(operation.shape)) {
      const error = await answerTo(operation, data).catch((caught: unknown) => caught);
      expect(error, JSON.stringify(data)).toMatchObject({ code: 'BadAnswer' });
      expect((error as Error).message).toMatch(/^http:\/\/x does not answer like Varve's API \(.+\)\.$/);
      told++;
    }
    expect(told).toBeGreaterThan(WRONG.length);
  });

  test('and what it is instead', async () => {
    const { DisksDocument } = operations;
    const { disks } = right(DisksDocument.shape) as { disks: { nodes: object[]; pageInfo: object } };
    const messageOf = (data: object) => answerTo(DisksDocument, data).catch((error: Error) => error.message);
    const between = (how: string) => `http://x does not answer like Varve's API (${how}).`;
    expect(await messageOf({ disks: null })).toBe(between('disks is null'));
    expect(await messageOf({ disks: { ...disks, nodes: [disks.nodes[0], null] } })).toBe(
      between('disks.nodes[1] is null'),
    );
    expect(await messageOf({ disks: { nodes: [], pageInfo: { hasNextPage: false } } })).toBe(
      between('disks.pageInfo.endCursor is missing'),
    );
    expect(await messageOf({ disks: { ...disks, pageInfo: [] } })).toBe(between('disks.pageInfo is a list'));
  });
});

test('an absent field is allowed only where the query may leave it out', async () => {
  const { BlockMapDocument } = operations;
  const { blockMap } = right(BlockMapDocument.shape) as { blockMap: { blocks: Record<string, unknown>[] } };
  const [{ url: _, ...block } = {}] = blockMap.blocks;
  const data = { blockMap: { ...blockMap, blocks: [block] } };
  expect(await answerTo(BlockMapDocument, data)).toEqual(data);
});
