import { createHmac } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntryPlace } from '../../client/threads/tasks.ts';
import type { ObjectId } from '../../engine/blocks/block.ts';
import type { BlockKeys } from '../../engine/blocks/object-form.ts';
import { mapBounded } from '../../platform/bounded.ts';

export interface CacheFolderParts {
  readonly path: string;
  readonly limitBytes: number;
  /** Of the encryption domain of the blocks to come. */
  readonly keys: BlockKeys | undefined;
  /** All processes that share a folder must agree on it. */
  readonly shards?: number;
}

/**
 * Ids are hashes, so entries spread evenly over the shards, and each shard keeps its own part of
 * the bound. So looking after one costs little, however large the folder is.
 */
const SHARDS = 256;
/** A shard is looked after when this process has put so much of its part into it. */
const PART = 1 / 8;
/** Entries give way down to this part of the bound, so that the next ones need not at once. */
const DOWN_TO = 0.9;
const STATS_AT_ONCE = 16;
const LEFTOVER_MS = 3_600_000;

/**
 * The machine's cache of blocks: a folder that any number of processes share, bounded in bytes,
 * keyed by encryption domain and block id. Plain blocks are the same for everybody, so all plain
 * domains are one. Entries of encrypted domains are sealed. Any of it may be lost, or all, at any
 * moment.
 */
export class CacheFolder {
  readonly #parts: Required<CacheFolderParts>;
  readonly #domain: string;
  readonly #added = new Map<number, number>();
  readonly #tidying = new Set<number>();

  constructor(parts: CacheFolderParts) {
    this.#parts = { shards: SHARDS, ...parts };
    this.#domain = domainName(parts.keys);
  }

  /** Undefined where nothing is kept. */
  place(id: ObjectId): EntryPlace | undefined {
    const { path, limitBytes, keys } = this.#parts;
    if (limitBytes === 0) return undefined;
    const file = join(path, shardName(this.#shardOf(id)), `${this.#domain}.${id}`);
    return { path: file, id, sealed: keys !== undefined };
  }

  /** To be called for each new entry: now and then its shard is looked after. */
  async added(id: ObjectId, bytes: number): Promise<void> {
    const shard = this.#shardOf(id);
    const { limitBytes, shards } = this.#parts;
    const added = (this.#added.get(shard) ?? 0) + bytes;
    this.#added.set(shard, added);
    if (added < (limitBytes / shards) * PART || this.#tidying.has(shard)) return;
    this.#added.set(shard, 0);
    this.#tidying.add(shard);
    try {
      await this.#tidy(shard);
    } finally {
      this.#tidying.delete(shard);
    }
  }

  #shardOf(id: ObjectId): number {
    return Number.parseInt(id.slice(0, 6), 16) % this.#parts.shards;
  }

  async #tidy(shard: number): Promise<void> {
    const { path, limitBytes, shards } = this.#parts;
    const folder = join(path, shardName(shard));
    const names = await readdir(folder);
    const entries = await mapBounded(names, STATS_AT_ONCE, async (name) => {
      const file = join(folder, name);
      const found = await stat(file).catch(() => undefined); // another process was faster
      return { file, bytes: found?.size ?? 0, usedMs: found?.mtimeMs ?? 0 };
    });
    const most = limitBytes / shards;
    let bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    const full = bytes > most;
    for (const entry of entries.sort((a, b) => a.usedMs - b.usedMs)) {
      const leftOver = entry.file.endsWith('.new') && Date.now() - entry.usedMs > LEFTOVER_MS;
      const givesWay = full && bytes > most * DOWN_TO && !entry.file.endsWith('.new');
      if (!leftOver && !givesWay) continue;
      await rm(entry.file, { force: true });
      bytes -= entry.bytes;
    }
  }
}

function shardName(shard: number): string {
  return shard.toString(16).padStart(2, '0');
}

/** Differs for each domain, and reveals nothing of its keys. */
function domainName(keys: BlockKeys | undefined): string {
  if (keys === undefined) return 'plain';
  return createHmac('sha256', keys.idKey).update('varve cache domain v1').digest('hex').slice(0, 32);
}
