import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addressOf, choosePlace } from '../../../src/local/elsewhere/choose-place.ts';
import { FORMAT, type Marker } from '../../../src/local/folder/marker.ts';
import { printS3Address } from '../../../src/platform/objects/s3-address.ts';
import { temporaryFolder } from '../running.ts';

const A = 's3://bucket-a?endpoint=http://here:1&region=r&path-style=1';
const A_ELSEWHERE = 's3://bucket-a?endpoint=http://there:2&region=r&path-style=1';
const B = 's3://bucket-b?endpoint=http://here:1&region=r&path-style=1';

const fresh: Marker = { format: FORMAT, complete: false, rebuilding: false };
const used: Marker = { ...fresh, complete: true };
const rebuilding: Marker = { ...fresh, rebuilding: true };

function chosen(marker: Marker | undefined, wanted: string | undefined, path = '/nowhere'): string | undefined {
  const place = choosePlace({ path, marker, wanted: wanted === undefined ? undefined : addressOf(wanted, {}) });
  return place && printS3Address(place);
}

describe('the place of the objects', () => {
  test.each([
    ['a new folder', undefined, undefined, undefined],
    ['a new folder with a bucket', undefined, A, A],
    ['a first start that did not end', fresh, A, A],
    ['one that did not end and named another bucket', { ...fresh, objects: A }, B, B],
    ['a later start', { ...used, objects: A }, undefined, A],
    ['the same once more', { ...used, objects: A }, A, A],
    ['the same bucket at another address', { ...used, objects: A }, A_ELSEWHERE, A_ELSEWHERE],
    ['a folder of its own', used, undefined, undefined],
    ['a rebuild that was interrupted', { ...rebuilding, objects: A }, undefined, A],
  ])('%s', (_, marker, wanted, expected) => {
    expect(chosen(marker, wanted)).toBe(expected);
  });

  test.each([
    ['its own folder', used, 'in the folder itself'],
    ['another bucket', { ...used, objects: A }, `in ${A}`],
    ['another bucket, and a rebuild is under way', { ...rebuilding, objects: A }, `in ${A}`],
  ])('is refused if the objects are in %s', (_, marker, where) => {
    expect(() => chosen(marker, B)).toThrow(
      `are ${where}: "npx varve server move --to ${B} --data /nowhere" moves them.`,
    );
  });

  test('is refused if objects lie in a folder whose marker says nothing of them', () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, 'objects'));
    writeFileSync(join(folder.path, 'objects', 'one'), '');
    expect(() => chosen(undefined, A, folder.path)).toThrow('server move');
  });
});
