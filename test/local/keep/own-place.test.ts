import { chmodSync, chownSync, lchownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BackupManifest } from '../../../src/local/keep/backup-form.ts';
import { markOf, requireSameInstallation } from '../../../src/local/keep/installation-mark.ts';
import { closePlace, requireOwnBackup } from '../../../src/local/keep/own-place.ts';
import { StartError } from '../../../src/local/start-error.ts';
import { temporaryFolder } from '../running.ts';

const SOMEBODY = 12_345;
const isRoot = process.getuid?.() === 0;

describe('the folder of a backup', () => {
  test('is closed to other users', () => {
    using folder = temporaryFolder();
    chmodSync(folder.path, 0o777);
    closePlace(folder.path, { withKeys: true });
    expect(statSync(folder.path).mode & 0o777).toBe(0o700);
  });

  test('below a folder that everybody can write is refused: it could be exchanged', () => {
    using folder = temporaryFolder();
    const place = join(folder.path, 'backup');
    mkdirSync(place);
    chmodSync(folder.path, 0o777);
    const refused = new StartError(`${folder.path} lets other users exchange ${place}: choose a folder that is yours.`);
    expect(() => closePlace(place, { withKeys: false })).toThrow(refused);
    expect(() => requireOwnBackup(place)).toThrow(refused);
    chmodSync(folder.path, 0o1777);
    closePlace(place, { withKeys: false });
    requireOwnBackup(place);
  });

  describe.runIf(isRoot)('of which another user has a part', () => {
    test('is refused as the whole', () => {
      using folder = temporaryFolder();
      chownSync(folder.path, SOMEBODY, SOMEBODY);
      const refused = new StartError(`${folder.path} belongs to another user: choose a folder that is yours.`);
      expect(() => closePlace(folder.path, { withKeys: false })).toThrow(refused);
      expect(() => requireOwnBackup(folder.path)).toThrow(refused);
    });

    test('is refused with a link in it, which would lead a copy elsewhere', () => {
      using folder = temporaryFolder();
      using victim = temporaryFolder();
      const planted = join(folder.path, 'keys.json.part');
      writeFileSync(join(victim.path, 'file'), 'precious');
      symlinkSync(join(victim.path, 'file'), planted);
      lchownSync(planted, SOMEBODY, SOMEBODY);
      const refused = new StartError(`${planted} belongs to another user, who may know or have changed what is in it.`);
      expect(() => closePlace(folder.path, { withKeys: true })).toThrow(refused);
      expect(() => requireOwnBackup(folder.path)).toThrow(refused);
    });

    test("is refused where it is root's and others can write to it", () => {
      using folder = temporaryFolder();
      chmodSync(folder.path, 0o775);
      process.seteuid?.(SOMEBODY);
      try {
        expect(() => closePlace(folder.path, { withKeys: false })).toThrow(
          new StartError(`Other users can write to ${folder.path}: choose a folder that is yours alone.`),
        );
        expect(() => closePlace('/usr/share', { withKeys: true })).toThrow(
          'Other users can read what is in /usr/share',
        );
      } finally {
        process.seteuid?.(0);
      }
    });

    test('is taken from the user who asked by sudo', () => {
      using folder = temporaryFolder();
      chownSync(folder.path, SOMEBODY, SOMEBODY);
      process.env.SUDO_UID = `${SOMEBODY}`;
      try {
        closePlace(folder.path, { withKeys: false });
        requireOwnBackup(folder.path);
      } finally {
        delete process.env.SUDO_UID;
      }
    });
  });
});

describe('a backup of another installation', () => {
  const folderWith = (keys: object) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder.path, 'keys.json'), JSON.stringify({ version: 1, keys }));
    return folder;
  };
  const backupOf = (installation?: string) => ({ madeAt: '2026-11-30T00:00:00.000Z', installation }) as BackupManifest;

  test('is not written over', () => {
    using one = folderWith({ local: 'a'.repeat(44), later: 'x' });
    using again = folderWith({ later: 'y', local: 'a'.repeat(44) });
    using other = folderWith({ local: 'b'.repeat(44) });
    using without = temporaryFolder();
    expect(markOf(one.path)).toMatch(/^[0-9a-f]{32}$/);
    requireSameInstallation('there', backupOf(markOf(one.path)), markOf(again.path));
    expect(() => requireSameInstallation('there', backupOf(markOf(one.path)), markOf(other.path))).toThrow(
      new StartError(
        'there holds the backup of another installation (of 2026-11-30T00:00:00.000Z), ' +
          'which would be lost: choose another place.',
      ),
    );
    for (const nobodys of [undefined, 'is damaged', backupOf()])
      requireSameInstallation('there', nobodys, markOf(one.path));
    requireSameInstallation('there', backupOf(markOf(one.path)), markOf(without.path));
  });
});
