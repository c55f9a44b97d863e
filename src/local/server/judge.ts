import { constants } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Inspected, Judge, Verdict } from '../../engine/blocks/judge.ts';
import { startThread, type ThreadFile } from '../../platform/program/start-thread.ts';

export interface JudgeTask {
  readonly number: number;
  readonly stored: ArrayBuffer;
  readonly as: Inspected;
}

/** Has one of both. */
export interface JudgeAnswer {
  readonly number: number;
  readonly verdict?: Verdict;
  readonly failure?: string;
}

export interface JudgeThread {
  readonly judge: Judge;
  /** What is under way fails, and is done again by whoever comes later. */
  close(): Promise<void>;
}

const THREAD: ThreadFile = { from: import.meta.url, source: './judge-thread.ts', bundle: 'judge-thread' };
export const LEAST_PRIORITY = constants.priority.PRIORITY_LOW;
/** It takes some 10 MiB, which an idle server does without. */
const IDLE_MS = 10_000;

interface Waiting {
  readonly resolve: (verdict: Verdict) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Reading back takes milliseconds an object, and a first import leaves thousands of them. A thread
 * of its own does it, which gives way to calls and to clients on this machine.
 */
export function createJudgeThread({ idleMs = IDLE_MS } = {}): JudgeThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let next = 0;

  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  };
  const fail = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const start = (): Worker => {
    const made = startThread(THREAD, { name: 'judge' });
    made.unref();
    made.on('message', ({ number, verdict, failure }: JudgeAnswer) => {
      const asked = waiting.get(number);
      waiting.delete(number);
      if (verdict) asked?.resolve(verdict);
      else asked?.reject(new Error(failure));
      if (waiting.size === 0) idle = setTimeout(() => void end(), idleMs).unref();
    });
    made.on('error', (error: Error) => {
      if (worker === made) worker = undefined;
      fail(error);
    });
    return made;
  };

  return {
    judge: (stored, as) =>
      new Promise((resolve, reject) => {
        clearTimeout(idle);
        worker ??= start();
        const number = next++;
        waiting.set(number, { resolve, reject });
        const bytes = ownMemory(stored);
        const task: JudgeTask = { number, stored: bytes, as };
        worker.postMessage(task, [bytes]);
      }),
    close: async () => {
      await end();
      fail(new Error('The server ends.'));
    },
  };
}

/** Memory that can be handed over, without a copy where nobody else has a part of it. */
function ownMemory({ buffer, byteOffset, byteLength }: Buffer): ArrayBuffer {
  const isAlone = byteOffset === 0 && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer;
  return isAlone ? buffer : (buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
}
