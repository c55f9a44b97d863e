import { type FileHandle, open, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const PAGE = 4096;

interface Image {
  /** Counts the syncs in the order in which they began. */
  readonly sync: number;
  readonly bytes: Buffer;
}

/**
 * Watches what this process has on the medium for sure: of each file, its bytes as they were when
 * the latest `datasync` that has ended began. A power cut keeps these, and of what was written
 * since any pages that it likes.
 */
export class FileDurability {
  readonly #images = new Map<string, Image>();
  readonly #prototype: FileHandle;
  readonly #datasync: FileHandle['datasync'];

  private constructor(prototype: FileHandle) {
    this.#prototype = prototype;
    this.#datasync = prototype.datasync;
    const images = this.#images;
    const original = this.#datasync;
    let begun = 0;
    prototype.datasync = async function datasync(this: FileHandle) {
      begun += 1;
      const sync = begun;
      const path = await readlink(`/proc/self/fd/${this.fd}`);
      const bytes = await readFile(path).catch(() => undefined); // removed already
      await original.call(this);
      // Two may be under way at once, and the later one may end first: what it has brought to the
      // medium stays there.
      if (bytes !== undefined && sync > (images.get(path)?.sync ?? 0)) images.set(path, { sync, bytes });
    };
  }

  static async watch(): Promise<FileDurability> {
    const file = await open('/dev/null');
    const prototype = Object.getPrototypeOf(file) as FileHandle;
    await file.close();
    return new FileDurability(prototype);
  }

  stop(): void {
    this.#prototype.datasync = this.#datasync;
  }

  /** Makes the folder's files what a power cut might leave of them. */
  async cutPower(folder: string, random: () => number): Promise<void> {
    const paths = (await readdir(folder)).filter((name) => name.endsWith('.segment')).map((name) => join(folder, name));
    for (const path of paths) {
      const durable = this.#images.get(path)?.bytes;
      // A file that was never synced may not be there at all.
      if (durable === undefined && random() < 0.5) await rm(path);
      else await writeFile(path, mixed(durable ?? Buffer.alloc(0), await readFile(path), random));
    }
    // One that was removed may be back: nothing says when names reach the medium.
    for (const [path, { bytes }] of this.#images) {
      if (path.startsWith(`${folder}/`) && !paths.includes(path) && random() < 0.5) await writeFile(path, bytes);
    }
  }
}

/**
 * Pages of the newer image, taken at random, over the older one; what lies between the ends and was
 * not taken is zeros.
 */
function mixed(older: Buffer, newer: Buffer, random: () => number): Buffer {
  const end = older.length + Math.floor(random() * Math.max(newer.length - older.length + 1, 1));
  const bytes = Buffer.alloc(Math.max(end, older.length));
  older.copy(bytes);
  for (let at = 0; at < Math.min(newer.length, bytes.length); at += PAGE) {
    if (random() < 0.5) newer.copy(bytes, at, at, Math.min(at + PAGE, newer.length, bytes.length));
  }
  return bytes;
}
