import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makePrivate } from '../../../src/local/folder/private.ts';
import { StartError } from '../../../src/local/start-error.ts';
import { temporaryFolder } from '../running.ts';

const modeOf = (path: string): number => statSync(path).mode & 0o777;
const isRoot = process.geteuid?.() === 0;

describe('the data folder is closed to others', () => {
  test.each([0o755, 0o777, 0o750, 0o701, 0o700])('whatever it was before: %o', (mode) => {
    using folder = temporaryFolder();
    const files = ['catalogue.db', 'endpoint.json'].map((name) => join(folder.path, name));
    for (const file of files) writeFileSync(file, '', { mode: 0o644 });
    mkdirSync(join(folder.path, 'objects'), { mode: 0o755 });
    chmodSync(folder.path, mode);
    makePrivate(folder.path);
    expect(modeOf(folder.path)).toBe(0o700);
    expect(files.map(modeOf)).toEqual([0o600, 0o600]);
    expect(modeOf(join(folder.path, 'objects'))).toBe(0o700);
  });

  test('what a link in it leads to stays as it is', () => {
    using folder = temporaryFolder();
    using elsewhere = temporaryFolder();
    const file = join(elsewhere.path, 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o644);
    symlinkSync(file, join(folder.path, 'link'));
    makePrivate(folder.path);
    expect(modeOf(file)).toBe(0o644);
  });

  test('by a link to it', () => {
    using folder = temporaryFolder();
    using elsewhere = temporaryFolder();
    chmodSync(elsewhere.path, 0o755);
    symlinkSync(elsewhere.path, join(folder.path, 'data'));
    makePrivate(join(folder.path, 'data'));
    expect(modeOf(elsewhere.path)).toBe(0o700);
  });

  test('a folder of another user is refused in one sentence, and stays as it is', () => {
    using folder = temporaryFolder();
    const path = isRoot ? folder.path : '/';
    if (isRoot) {
      chmodSync(path, 0o755);
      chownSync(path, 12_345, 12_345);
    }
    const before = statSync(path).mode;
    expect(() => makePrivate(path)).toThrow(
      new StartError(`The data folder ${path} belongs to another user: choose one of your own with --data.`),
    );
    expect(statSync(path).mode).toBe(before);
  });

  test.runIf(isRoot).each(['admin.key', 'catalogue.db', 'operator.key', 'objects'])(
    'what another user has put there is refused, and nothing is changed: %s',
    (name) => {
      using folder = temporaryFolder();
      const planted = join(folder.path, name);
      writeFileSync(planted, 'of somebody else', { mode: 0o644 });
      chownSync(planted, 12_345, 12_345);
      chmodSync(folder.path, 0o777);
      expect(() => makePrivate(folder.path)).toThrow(
        new StartError(`${planted} belongs to another user, who may know or have changed what is in it.`),
      );
      expect([modeOf(planted), modeOf(folder.path)]).toEqual([0o644, 0o777]);
    },
  );

  test.runIf(isRoot)('what root has put there stays, such as the lost+found of a disk', () => {
    using folder = temporaryFolder();
    const found = join(folder.path, 'lost+found');
    mkdirSync(found, { mode: 0o700 });
    chownSync(folder.path, 12_345, 12_345);
    process.seteuid?.(12_345);
    try {
      makePrivate(folder.path);
    } finally {
      process.seteuid?.(0);
    }
    expect(statSync(found).uid).toBe(0);
  });

  test.runIf(process.platform === 'linux')('a mode that cannot be changed is refused in one sentence', () => {
    expect(() => makePrivate('/proc/self/task')).toThrow(
      /^The data folder \/proc\/self\/task cannot be closed to other users \(.*\)\.$/,
    );
  });
});
