import { hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { constants, zstdCompressSync } from 'node:zlib';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { type BlockFacts, type BlockTask, CHUNK_BLOCKS } from './block-task.ts';

const { path, next, compress } = workerData as BlockTask;
const zeros = Buffer.alloc(BLOCK_BYTES);
const chunk = Buffer.allocUnsafeSlow(CHUNK_BLOCKS * BLOCK_BYTES);

parentPort?.once('message', () => parentPort?.postMessage(readBlocks()));
parentPort?.postMessage('ready');

function readBlocks(): BlockFacts {
  const fd = openSync(path, 'r');
  const facts = { hashS: 0, nonZeroBytes: 0, stored: new Map<string, number>() };
  for (;;) {
    const first = Atomics.add(next, 0, CHUNK_BLOCKS);
    const got = readSync(fd, chunk, 0, chunk.length, first * BLOCK_BYTES);
    for (let at = 0; at < got; at += BLOCK_BYTES) look(chunk.subarray(at, Math.min(at + BLOCK_BYTES, got)), facts);
    if (got < chunk.length) break;
  }
  closeSync(fd);
  return facts;
}

function look(block: Buffer, facts: { hashS: number; nonZeroBytes: number; stored: Map<string, number> }): void {
  if (block.equals(block.length === BLOCK_BYTES ? zeros : zeros.subarray(0, block.length))) return;
  const began = performance.now();
  const id = hash('sha256', block, 'hex');
  facts.hashS += (performance.now() - began) / 1000;
  facts.nonZeroBytes += block.length;
  if (compress && !facts.stored.has(id)) facts.stored.set(id, Math.min(block.length, packedBytes(block)));
}

function packedBytes(block: Buffer): number {
  const params = { [constants.ZSTD_c_compressionLevel]: 1 };
  return zstdCompressSync(block, { chunkSize: block.length + 1024, params }).length;
}
