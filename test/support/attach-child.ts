import { join } from 'node:path';
import { openAttached } from '../../src/attach/open/open.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createLog } from '../../src/platform/log.ts';
import { writeNumbered } from './numbered-writes.ts';

/**
 * Writes numbers to a disk until it is killed, and says on standard output what was acknowledged.
 */
const [id, url, apiKey, folder, durability, first] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  'remote' | 'local',
  string,
];

const never = new AbortController().signal;
const { device } = await openAttached({
  id,
  endpoint: { url, apiKey },
  readOnly: false,
  durability,
  holder: 'test-host',
  steal: false,
  stateFolder: join(folder, 'state'),
  versionsFolder: join(folder, 'versions'),
  cacheFolder: join(folder, 'cache'),
  limits: { memoryBlocks: 44, heldBlocks: 8, uploads: 4, fetches: 8, generationBytes: 64 * 1024, writeBackMs: 100 },
  onEvent: (event) => say('event', event.kind),
  log: createLog({ level: 'warn', clock: systemClock, write: (line) => process.stderr.write(`${line}\n`) }),
  signal: never,
});
say('attached');
for (let number = Number(first); ; number++) {
  await writeNumbered(device, number, never);
  say('written', number);
  if (number % 5 !== 0) continue;
  await device.flush(never);
  say('flushed', number);
}

/** A pipe is written at once: what a reader finds there was acknowledged before the kill. */
function say(...words: (string | number)[]): void {
  process.stdout.write(`${words.join(' ')}\n`);
}
