import {
  buildSchema,
  type GraphQLSchema,
  getNullableType,
  getOperationAST,
  isListType,
  isObjectType,
  parse,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { sdl } from '../../src/generated/sdl.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { API_LIMITS } from '../../src/service/api/api-limits.ts';
import { type Estimate, requireAffordable } from '../../src/service/api/limits.ts';
import { completeVariables } from '../../src/service/api/variables.ts';
import { WEIGHTS } from '../../src/service/api/weights.ts';
import { aliases } from '../support/aliases.ts';

const schema: GraphQLSchema = buildSchema(sdl);
const UNLIMITED = { depth: 99, rootFields: 99, units: 1e15, work: 1e15, answerBytes: 1e15 };

function estimate(query: string, given: Record<string, unknown> = {}, limits = UNLIMITED): Estimate {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (operation == null) throw new Error('no operation');
  const variables = completeVariables(schema, operation, given);
  return requireAffordable({ schema, document, operation, variables }, limits);
}

function refusal(query: string, variables: Record<string, unknown> = {}): string {
  try {
    const { units, work, bytes } = estimate(query, variables, API_LIMITS.query);
    return `no refusal: ${units} units, ${work} of work, ${bytes} bytes`;
  } catch (error) {
    if (error instanceof VarveError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

/** What the CLI shows of its lists (src/client/service), with all pages of connections. */
const SNAPSHOT = `id region name description kind sourceDisk { id kind sizeBytes } status progressPercent consistency createdAt
  retentionDays expiresAt keptInUse policyId usage diskCount tags { key value } type
  sizes { ownBytes ownStoredBytes totalBytes totalStoredBytes sharedBytes } root encrypted encryption { keyId }`;
const DISK = `id region name kind category sizeBytes status chargeType expiresAt encrypted encryption { keyId }
  deleteAutoSnapshots deleteWithInstance policy { id name } origin { kind snapshotId imageId } instances { id name }
  tags { key value } createdAt version root sizes { ownBytes ownStoredBytes totalBytes totalStoredBytes sharedBytes }
  reencryption { sourceSnapshotId copiedBytes totalBytes progressPercent } lease { holder fence acquiredAt expiresAt }`;

describe('every list has a length', () => {
  const lists = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => isListType(getNullableType(field.type)))
        .map((field) => ({ type: type.name, field })),
    );

  test.each(lists.map(({ type, field }) => [`${type}.${field.name}`, type, field] as const))(
    '%s',
    (name, type, field) => {
      const isTold = field.args.some((argument) => argument.name === 'first' || argument.name === 'ids');
      const isPage = type.endsWith('Connection') && ['edges', 'nodes'].includes(field.name);
      expect(isTold || isPage || WEIGHTS[name]?.length !== undefined).toBe(true);
    },
  );

  test('every weight is one of a field of the schema', () => {
    const fieldOf = (name: string) => {
      const [type = '', field = ''] = name.split('.');
      const found = schema.getType(type);
      return isObjectType(found) && (field === '__type' || field in found.getFields());
    };
    expect(Object.keys(WEIGHTS).filter((name) => !fieldOf(name))).toEqual([]);
  });
});

describe('a value counts as often as what is around it', () => {
  const units = (query: string, variables = {}) => estimate(query, variables).units;
  const DISKS = (first: number, fields: string) => `{ disks(first: ${first}) { nodes { ${fields} } } }`;

  test.each<[string, string, string]>([
    ['the length of a list', DISKS(1, 'id'), DISKS(100, 'id')],
    ['a variable', 'query ($n: Int = 1) { disks(first: $n) { nodes { id } } }', DISKS(100, 'id')],
    ['the default of an argument', DISKS(1, 'id'), '{ disks { nodes { id } } }'],
    ['aliases of a leaf', DISKS(100, 'id'), DISKS(100, aliases(10, 'id'))],
    ['aliases of an object', DISKS(100, 'chain { id }'), DISKS(100, aliases(10, 'chain { id }'))],
    ['a list without an argument', DISKS(100, 'id'), DISKS(100, 'tags { key }')],
    [
      'a list in a list',
      DISKS(100, 'chain { nodes(first: 1) { nodes { snapshot { id } } } }'),
      DISKS(100, 'chain { nodes { nodes { snapshot { id } } } }'),
    ],
    ['ids', '{ nodes(ids: ["a"]) { id } }', '{ nodes(ids: ["a", "b", "c"]) { id } }'],
    ['what a field reads by itself', DISKS(100, 'id'), DISKS(100, 'root')],
    ['a filter', '{ disks { nodes { id } } }', '{ disks(filter: { kind: DATA }) { nodes { id } } }'],
    ['a fragment', DISKS(100, 'id'), '{ disks(first: 100) { nodes { id ...f } } } fragment f on Disk { root }'],
    ['types of the schema', '{ __schema { types { name } } }', '{ __schema { types { fields { name } } } }'],
  ])('%s', (_, little, much) => {
    expect(units(much)).toBeGreaterThan(units(little));
  });

  test('exactly: ten values for each of a hundred disks, with their rows', () => {
    const one = units(DISKS(1, 'id'));
    const row = units(DISKS(2, 'id')) - one;
    expect(units(DISKS(100, 'id'))).toBe(one + 99 * row);
    expect(units(DISKS(100, aliases(10, 'id'))) - units(DISKS(100, 'id'))).toBe(9 * 100 + 9);
  });

  test('but not where it is left out', () => {
    const left = 'query ($b: Boolean = true) { disks @skip(if: $b) { nodes { id } } viewer { role } }';
    expect(units(left) - units('{ viewer { role } }')).toBe(1);
  });

  test('work: blocks of a map, objects of an upload, and what cannot be counted when it is done', () => {
    const { work } = estimate('{ blockMap(input: { source: "d", limit: 1024 }) { blocks { url } } }');
    expect(work).toBeGreaterThan(1024 * 100);
    const query = 'mutation ($input: PrepareUploadInput!) { prepareUpload(input: $input) { objects { url } } }';
    const objects = Array.from({ length: 1024 }, () => ({ id: 'x' }));
    const upload = estimate(query, { input: { target: 'd', objects } });
    expect(upload.work).toBeGreaterThan(1024 * 60);
    expect(upload.bytes).toBeGreaterThan(1024 * 2200);
  });

  test('bytes: a URL is as long as a session token makes it', () => {
    const one = estimate('{ blockMap(input: { source: "d", limit: 100 }) { blocks { url } } }').bytes;
    const two = estimate('{ blockMap(input: { source: "d", limit: 100 }) { blocks { url b: url } } }').bytes;
    expect(two - one).toBeGreaterThan(100 * 2200);
  });
});

describe('what asks for too much is refused', () => {
  test.each<[string, string, RegExp]>([
    [
      'URLs by many names',
      `{ blockMap(input: { source: "d", limit: 1024 }) { blocks { ${aliases(300, 'url')} } } }`,
      /MB/,
    ],
    [
      'URLs of many maps',
      `{ ${aliases(3, 'blockMap(input: { source: "d", limit: 1024 }) { blocks { url } }')} }`,
      /work|MB/,
    ],
    [
      'maps without URLs',
      `{ ${aliases(3, 'blockMap(input: { source: "d", limit: 1024, urls: false }) { root }')} }`,
      /work/,
    ],
    ['previews', `{ ${aliases(2, 'deleteSnapshotsPreview(input: { snapshotIds: ["s"] }) { objects }')} }`, /work/],
    [
      'chains of many disks by many names',
      `{ disks(first: 200) { nodes { chain { ${aliases(30, 'nodes { totalCount }')} } } } }`,
      /costlier/,
    ],
    [
      'chains however few of their nodes are asked for',
      '{ disks(first: 1000) { nodes { chain { nodes(first: 1) { totalCount } } } } }',
      /costlier/,
    ],
    [
      'filters that match nothing',
      `{ ${aliases(20, 'disks(filter: { nameContains: "zzz" }) { nodes { id } }')} }`,
      /costlier/,
    ],
    [
      'tags by many names',
      `{ snapshots(first: 1000) { nodes { ${aliases(20, 'tags { key value }')} } } }`,
      /costlier|MB/,
    ],
    ['leaves by many names', `{ disks(first: 1000) { nodes { ${aliases(400, 'id')} } } }`, /MB/],
    ['names of the schema', `{ __schema { types { ${aliases(700, 'name')} } } }`, /work|MB/],
    ['descriptions of the schema', `{ __schema { types { fields { ${aliases(100, 'description')} } } } }`, /work|MB/],
    ['too many operations', `{ ${aliases(21, 'viewer { role }')} }`, /20 operations/],
    ['too deep', `{ disks { nodes { ${'chain { disk { '.repeat(8)} id ${'} }'.repeat(8)} } } }`, /deeper/],
  ])('%s', (_, query, why) => {
    expect(refusal(query)).toMatch(/^QueryTooComplex: /);
    expect(refusal(query)).toMatch(why);
  });
});

describe('what the CLI, the guide and the usual tools ask for is not', () => {
  test.each<[string, string, object?]>([
    ['1000 snapshots', `{ snapshots(first: 1000) { nodes { ${SNAPSHOT} } pageInfo { hasNextPage endCursor } } }`],
    ['1000 disks', `{ disks(first: 1000) { nodes { ${DISK} } pageInfo { hasNextPage endCursor } } }`],
    ['a filter over 500 disks', `{ disks(first: 500, filter: { nameContains: "a" }) { nodes { ${DISK} } } }`],
    [
      '1024 blocks with their URLs',
      '{ blockMap(input: { source: "d", limit: 1024 }) { root version blocks { index id url } nextIndex } }',
    ],
    ['1024 pages', '{ pageMap(input: { source: "d" }) { root version pages { index id } nextIndex } }'],
    ['1024 changed ranges', '{ changedBlocks(input: { toSnapshotId: "s" }) { ranges { offsetBytes lengthBytes } } }'],
    [
      'a whole chain',
      `{ chain(id: "d") { capacity { storedBytes } nodes { nodes { snapshot { ${SNAPSHOT} } parentId sizes { ownBytes } } } } }`,
    ],
    [
      'the capacity of 100 chains',
      '{ chains(first: 100) { nodes { id capacity { storedBytes } manualQuota { used } } } }',
    ],
    ['a preview', '{ deleteSnapshotsPreview(input: { snapshotIds: ["a", "b"] }) { objects storedBytes } }'],
    ['400 days of capacity by the hour', '{ capacityHistory(first: 1000) { nodes { at logicalBytes storedBytes } } }'],
  ])('%s', (_, query) => {
    expect(() => estimate(query, {}, API_LIMITS.query)).not.toThrow();
  });
});
