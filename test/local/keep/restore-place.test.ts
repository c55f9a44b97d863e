import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { BackupManifest } from '../../../src/local/keep/backup-form.ts';
import { markRestoring, openRestorePlace } from '../../../src/local/keep/restore-place.ts';
import { temporaryFolder } from '../running.ts';

const MANIFEST = { id: 'b-1', madeAt: '2026-01-01T00:00:00.000Z' } as BackupManifest;

it('is one in which a restore was killed while it wrote its mark', () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'restoring.json.new'), '{"id":');
  openRestorePlace(folder.path, MANIFEST).release();
  markRestoring(folder.path, 'backup', MANIFEST);
  openRestorePlace(folder.path, MANIFEST).release();
});

it('is none that holds something else', () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'letter.txt'), 'mine');
  expect(() => openRestorePlace(folder.path, MANIFEST)).toThrow(
    `${folder.path} holds "letter.txt": restore into a new or empty folder.`,
  );
});
