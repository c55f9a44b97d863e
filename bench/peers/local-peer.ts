import type { ProgramResult } from '../process/program.ts';

/** Another program that keeps versions of an image in a folder of this machine. */
export interface LocalPeer {
  readonly name: 'borg' | 'restic';
  /** Where everything that it keeps lies. */
  readonly repository: string;
  /** `name` is new. */
  backup(image: string, name: string): Promise<ProgramResult>;
  /** Into a new folder; `path` is the image there. */
  restore(name: string, folder: string): Promise<ProgramResult & { readonly path: string }>;
}
