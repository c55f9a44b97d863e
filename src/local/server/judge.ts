import { constants } from 'node:os';
import type { Inspected, Judge, Verdict } from '../../engine/blocks/judge.ts';
import { startThread, type ThreadFile } from '../../platform/program/start-thread.ts';
import { createTaskThread } from '../../platform/task-thread.ts';

export interface JudgeTask {
  readonly stored: ArrayBuffer;
  readonly as: Inspected;
}

export interface JudgeThread {
  readonly judge: Judge;
  /** What is under way fails, and is done again by whoever comes later. */
  close(): Promise<void>;
}

const THREAD: ThreadFile = { from: import.meta.url, source: './judge-thread.ts', bundle: 'judge-thread' };
export const LEAST_PRIORITY = constants.priority.PRIORITY_LOW;

/**
 * Reading back takes milliseconds an object, and a first import leaves thousands of them. A thread
 * of its own does it, which gives way to calls and to clients on this machine.
 */
export function createJudgeThread(options: { readonly idleMs?: number } = {}): JudgeThread {
  const thread = createTaskThread<JudgeTask, Verdict>({
    ...options,
    start: () => startThread(THREAD, { name: 'judge' }),
  });
  return {
    judge: (stored, as) => {
      const bytes = ownMemory(stored);
      return thread.run({ stored: bytes, as }, [bytes]);
    },
    close: () => thread.close(new Error('The server ends.')),
  };
}

/** Memory that can be handed over, without a copy where nobody else has a part of it. */
function ownMemory({ buffer, byteOffset, byteLength }: Buffer): ArrayBuffer {
  const isAlone = byteOffset === 0 && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer;
  return isAlone ? buffer : (buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
}
