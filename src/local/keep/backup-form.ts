/** What a backup says of itself: written last, so without it a backup is not whole. */
export interface BackupManifest {
  readonly format: number;
  /** Of the state that it holds; ISO 8601. */
  readonly madeAt: string;
  /** Names the catalogue's copy, and tells this backup from every other one. */
  readonly id: string;
  readonly catalogue: { readonly file: string; readonly sizeBytes: number; readonly sha256: string };
  readonly objects: { readonly count: number; readonly bytes: number };
  readonly manifests: { readonly count: number; readonly bytes: number };
  /** Keys of objects that the catalogue names and the store did not have, or not whole. */
  readonly missing: readonly string[];
  /** Of whom it is: see installation-mark.ts. Absent if that had no keys. */
  readonly installation?: string | undefined;
  /** Whether keys.json is in it. */
  readonly withKeys: boolean;
}

export const BACKUP_FORMAT = 1;
export const BACKUP_MANIFEST = 'varve-backup.json';
export const KEYS = 'keys.json';

/** Of the catalogue's copies in a backup; an older one stays until a newer backup is whole. */
export const catalogueName = (id: string): string => `catalogue-${id}.sqlite`;
export const isCatalogueName = (name: string): boolean => /^catalogue-\d{8}T\d{9}Z\.sqlite/.test(name);

export const writeBackupManifest = (manifest: BackupManifest): string => `${JSON.stringify(manifest, undefined, 2)}\n`;

/** A text: why it cannot be read. */
export function readBackupManifest(text: string): BackupManifest | string {
  try {
    const manifest = JSON.parse(text) as Partial<BackupManifest>;
    if (typeof manifest.format !== 'number') return 'is damaged';
    if (manifest.format > BACKUP_FORMAT)
      return `has format ${manifest.format}; this version of Varve reads formats up to ${BACKUP_FORMAT}`;
    const { id, catalogue } = manifest;
    if (typeof id !== 'string' || catalogue?.file !== catalogueName(id)) return 'is damaged';
    return manifest as BackupManifest;
  } catch {
    return 'is damaged';
  }
}
