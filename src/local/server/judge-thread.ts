import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { judgeObject } from '../../engine/blocks/judge.ts';
import { type JudgeAnswer, type JudgeTask, LEAST_PRIORITY } from './judge.ts';

yieldToOthers();
parentPort?.on('message', ({ number, stored, as }: JudgeTask) => {
  const answer = (told: Omit<JudgeAnswer, 'number'>) => parentPort?.postMessage({ number, ...told });
  try {
    answer({ verdict: judgeObject(Buffer.from(stored), as) });
  } catch (error) {
    answer({ failure: (error as Error).message });
  }
});

/** Linux gives each thread a priority of its own: setpriority(2). Elsewhere the process has one. */
function yieldToOthers(): void {
  try {
    const [thread] = readlinkSync('/proc/thread-self').split('/').slice(-1);
    setPriority(Number(thread), LEAST_PRIORITY);
  } catch {
    // It judges all the same.
  }
}
