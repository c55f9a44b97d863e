import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { createConsole } from '../../src/cli/console.ts';
import { type Column, LIST_OUTPUT, showList } from '../../src/cli/listing.ts';
import { parseCommandLine } from '../../src/cli/parse.ts';
import { cutTo, textWidth } from '../../src/cli/text-width.ts';

interface Disk {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly note: string;
}

const COLUMNS: readonly Column<Disk>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'NAME', isCut: true, cell: ({ name }) => name },
  { head: 'OWN DATA', spare: 1, cell: ({ bytes }) => `${bytes / 1024} KiB`, plain: ({ bytes }) => bytes },
  { head: 'NOTE', spare: 2, cell: ({ note }) => note },
];

const DISKS: readonly Disk[] = [
  { id: 'd-1', name: 'web', bytes: 2048, note: 'the first of them all' },
  { id: 'd-2', name: '数据盘', bytes: 1024, note: '=1+1' },
];

interface Screen {
  readonly width?: number;
  readonly rows?: readonly Disk[];
  readonly more?: boolean;
}

/** What `varve thing list` prints with these words: standard output and error. */
function listed(words: string, { width, rows = DISKS, more = false }: Screen = {}) {
  const stdout = Object.assign(new PassThrough(), width === undefined ? {} : { isTTY: true, columns: width });
  const stderr = new PassThrough();
  const command: Command = {
    ...{ path: 'thing list', summary: '', args: [], options: LIST_OUTPUT, examples: [], json: '' },
    run: async () => undefined,
  };
  const parsed = parseCommandLine([command], ['thing', 'list', ...words.split(' ').filter((word) => word !== '')]);
  if ('help' in parsed) throw new Error('no command');
  const console = createConsole({ json: parsed.input.has('json'), quiet: false, stdout, stderr });
  showList(console, parsed.input, { of: 'things', rows, more, columns: COLUMNS, empty: 'No things yet.' });
  return { out: String(stdout.read() ?? ''), told: String(stderr.read() ?? '') };
}

const linesOf = (text: string) => text.split('\n').slice(0, -1);

describe('a list', () => {
  test('has all its columns where no terminal limits them', () => {
    expect(linesOf(listed('').out)).toEqual([
      'ID   NAME    OWN DATA  NOTE',
      'd-1  web     2 KiB     the first of them all',
      'd-2  数据盘  1 KiB     =1+1',
    ]);
  });

  test('goes without columns in a narrow terminal, by their order, and cuts at last', () => {
    expect(linesOf(listed('', { width: 43 }).out)[0]).toBe('ID   NAME    OWN DATA');
    expect(linesOf(listed('', { width: 20 }).out)[0]).toBe('ID   NAME');
    const rows = [{ ...DISKS[0], name: 'a-very-long-name-of-a-disk' }] as Disk[];
    expect(linesOf(listed('', { width: 20, rows }).out)).toEqual(['ID   NAME', 'd-1  a-very-long-na…']);
    expect(linesOf(listed('--wide', { width: 20, rows }).out)[1]).toContain('a-very-long-name-of-a-disk  2 KiB');
  });

  test('is never wider than a terminal of 24 columns or more', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '-', '数', 'é', '👩‍👩‍👧', ' '), maxLength: 40 });
    const rows = fc.array(fc.record({ id: fc.constantFrom('d-1', 'd-22'), name: text, bytes: fc.nat(), note: text }));
    fc.assert(
      fc.property(rows, fc.integer({ min: 24, max: 200 }), (some, width) => {
        for (const line of linesOf(listed('', { width, rows: some }).out))
          expect(textWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('has the columns that are asked for, in that order, and says which there are', () => {
    expect(linesOf(listed('--columns own-data,id --no-header', { width: 20 }).out)).toEqual([
      '2 KiB  d-1',
      '1 KiB  d-2',
    ]);
    expect(() => listed('--columns size')).toThrow('--columns takes id, name, own-data, note, not');
  });

  test('is CSV with plain values, in which nothing is a formula', () => {
    expect(linesOf(listed('--csv', { width: 20 }).out)).toEqual([
      'id,name,own_data,note',
      'd-1,web,2048,the first of them all',
      "d-2,数据盘,1024,'=1+1",
    ]);
    expect(linesOf(listed('--csv --columns id --no-header').out)).toEqual(['d-1', 'd-2']);
    expect(listed('--csv', { rows: [] }).out).toBe('id,name,own_data,note\n');
  });

  test('is JSON whole, or a line for each row whatever a name holds', () => {
    const rows = [{ ...DISKS[0], name: 'a\u202e\nb' }] as Disk[];
    expect(JSON.parse(listed('--json', { rows, more: true }).out)).toEqual({ things: rows, more: true });
    const [line, ...others] = linesOf(listed('--jsonl', { rows }).out);
    expect(JSON.parse(line ?? '')).toEqual(rows[0]);
    expect(line).not.toContain('\u202e');
    expect(others).toEqual([]);
    expect(listed('--jsonl', { rows: [] }).out).toBe('');
  });

  test('takes one form', () => {
    expect(() => listed('--csv --jsonl')).toThrow('Give --jsonl or --csv, not both.');
    expect(() => listed('--json --csv')).toThrow('Give --json or --csv, not both.');
  });

  test('says that it is empty, or that there is more', () => {
    expect(listed('', { rows: [] }).out).toBe('No things yet.\n');
    expect(listed('--no-header', { rows: [] }).out).toBe('');
    expect(listed('', { more: true }).told).toBe('There are more: raise --limit.\n');
  });
});

test('text is cut between the characters that people see', () => {
  expect(cutTo('数据盘', 6)).toBe('数据盘');
  expect(cutTo('数据盘', 5)).toBe('数据…');
  expect(cutTo('数据盘', 4)).toBe('数…');
  expect(cutTo('👩‍👩‍👧👩‍👩‍👧', 3)).toBe('👩‍👩‍👧…');
});
