import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../../platform/durable-file.ts';
import { type KnownVersion, parseNote, readNote } from './version-note.ts';

const SUFFIX = '.json';
/** Disks that are remembered: some hundred kilobytes, and more than one machine attaches. */
const MOST = 1000;

/**
 * The last version of each disk whose attachment ended in order, and so left no journal. By it, the
 * next attachment on this machine notices that the disk is older (rule 9.6). Of the disks that were
 * attached longest ago, those beyond the bound are forgotten.
 */
export class LastVersions {
  readonly #folder: string;
  readonly #most: number;

  constructor(folder: string, most = MOST) {
    this.#folder = folder;
    this.#most = most;
  }

  pathOf(diskId: string): string {
    return join(this.#folder, `${diskId}${SUFFIX}`);
  }

  /** Undefined if there is none, or none that is whole. */
  async read(diskId: string): Promise<KnownVersion | undefined> {
    return parseNote(await readNote(this.pathOf(diskId)))?.made;
  }

  async keep(diskId: string, made: KnownVersion): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    writeDurably(this.pathOf(diskId), JSON.stringify({ made }));
    await this.#forgetOldest();
  }

  async #forgetOldest(): Promise<void> {
    const names = await readdir(this.#folder);
    if (names.length <= this.#most) return;
    const aged = names.map(async (name) => {
      const path = join(this.#folder, name);
      return { path, at: (await stat(path).catch(() => undefined))?.mtimeMs ?? 0 };
    });
    const oldest = (await Promise.all(aged)).sort((a, b) => a.at - b.at);
    for (const { path } of oldest.slice(0, names.length - this.#most)) await rm(path, { force: true });
  }
}
