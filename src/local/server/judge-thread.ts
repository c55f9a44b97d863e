import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { judgeObject } from '../../engine/blocks/judge.ts';
import { answerTasks } from '../../platform/task-thread.ts';
import { type JudgeTask, LEAST_PRIORITY } from './judge.ts';

yieldToOthers();
answerTasks(({ stored, as }: JudgeTask) => judgeObject(Buffer.from(stored), as));

/** Linux gives each thread a priority of its own: setpriority(2). Elsewhere the process has one. */
function yieldToOthers(): void {
  try {
    const [thread] = readlinkSync('/proc/thread-self').split('/').slice(-1);
    setPriority(Number(thread), LEAST_PRIORITY);
  } catch {
    // It judges all the same.
  }
}
