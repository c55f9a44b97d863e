import { MIB } from '../sizes.ts';
import type { Run } from './program.ts';

const LIMIT_S = 120;

/**
 * A virtual machine whose balloon hands free pages back to its host pays dearly for each page that
 * it touches again. Before something that fills much new memory, a process touches as much and
 * ends, so that what is measured finds pages that the host backs.
 */
export async function freshenMemory(run: Run, bytes: number): Promise<void> {
  const script = `for (let i = 0; i < ${Math.ceil(bytes / (256 * MIB))}; i++) (globalThis.kept ??= []).push(Buffer.alloc(${256 * MIB}, 1));`;
  await run({ command: process.execPath, args: ['-e', script], limitS: LIMIT_S });
}
