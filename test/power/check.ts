import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, openClient } from '../../src/client/client.ts';
import type { ObjectId } from '../../src/engine/blocks/block.ts';
import { startServer } from '../../src/local/server/server.ts';
import { parseUpkeep } from '../../src/platform/config.ts';
import { makeFolder } from '../../src/platform/make-folder.ts';
import type { Expected } from './acknowledged.ts';
import { wrongFiles, wronglyPresent, wrongStates } from './check-contents.ts';
import type { StoredObjects } from './stored-objects.ts';

export interface AfterCut {
  /** The data folder, on the file system as the cut left it. */
  readonly folder: string;
  readonly expected: Expected;
  /** Every plain block that somebody may have sent before the cut. */
  readonly sent: readonly ObjectId[];
  /** What the key was, if the start had been acknowledged. */
  readonly apiKey?: string | undefined;
  /** What the scrub reads of the blocks; it counts all references in any case. */
  readonly samplePercent: number;
}

/**
 * Nothing more is freed: what is dead, and has no tombstone yet, must still be there. Nothing is
 * read back but by this check.
 */
const SETTINGS = {
  VARVE_LOG: 'warn',
  VARVE_RECLAIM_GRACE_HOURS: '24',
  VARVE_SCRUB_GIB_PER_DAY: '0',
  VARVE_READ_BACK_GIB_PER_DAY: '0',
};

/** The disk is too small for the copy of the catalogue that is checked. The scrub reads it all. */
const NO_ROOM = 'the catalogue is checked and copied later';
/** On a machine that has much else to do: what waited is tried again. */
const SLOW = 'no answer within';
const HARMLESS = [NO_ROOM, SLOW];

/** What is wrong after a power cut: nothing, if the server keeps its word. */
export async function faultsAfterCut(after: AfterCut, stored: StoredObjects): Promise<string[]> {
  const { folder, expected, sent } = after;
  makeFolder(folder);
  const lines: string[] = [];
  const server = await startServer({
    folder,
    listening: { kind: 'loopback', port: 0 },
    settings: parseUpkeep(SETTINGS),
    timeZone: 'UTC',
    reserveBytes: 0, // the disk is small
    operatorSecret: 'nobody calls the operator here',
    writeLog: (line) => lines.push(line),
  });
  const keyFile = join(folder, 'keys.json');
  const apiKey = (await readFile(join(folder, 'admin.key'), 'utf8')).trim();
  const endpoint = { url: `${server.origin}/graphql`, apiKey };
  const client = openClient({ endpoint, keyFile, signal: new AbortController().signal });
  const reader = { client, keyFile, stored };
  try {
    return [
      ...(after.apiKey === undefined || after.apiKey === apiKey ? [] : ['the API key is another one']),
      ...(await wrongStates(reader, expected)),
      ...(await wrongFiles(join(folder, 'objects'), stored)),
      ...(await wronglyPresent(reader, sent)),
      ...(await scrubFaults(client, after.samplePercent)),
      ...lines.filter((line) => !HARMLESS.some((text) => line.includes(text))).map((line) => `the log says: ${line}`),
    ];
  } finally {
    client.close();
    await server.stop();
  }
}

const SCRUBS = 60;
const SCRUB_WAIT_MS = 100;
const POLL_MS = 10;

/** What a scrub finds once everything has come to rest. */
async function scrubFaults({ scrubs }: Client, samplePercent: number): Promise<string[]> {
  for (let round = 1; ; round++) {
    let scrub = await scrubs.start({ samplePercent });
    while (scrub.status === 'RUNNING') {
      await sleep(POLL_MS);
      scrub = (await scrubs.get(scrub.id)) ?? scrub;
    }
    const { damaged, wrongCounts, findings, unsettled } = scrub;
    const faults = [
      ...(damaged > 0 ? [`a scrub finds ${damaged} damaged objects`] : []),
      ...(wrongCounts > 0 ? [`a scrub finds ${wrongCounts} wrong counts`] : []),
      ...findings,
    ];
    if (faults.length > 0 || unsettled === 0) return faults;
    if (round === SCRUBS) return ['the counts do not come to rest'];
    await sleep(SCRUB_WAIT_MS);
  }
}
