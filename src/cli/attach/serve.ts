import { mkdtemp } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createNbdServer, type NbdServer } from '../../nbd/server.ts';
import { Ends } from '../../platform/ends.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { logOf, removeEmpty } from './background.ts';
import { consoleLog } from './console-log.ts';
import { type ControlRequest, serveControl } from './control.ts';
import { Ending } from './ending.ts';
import { closeDevice } from './kept-writes.ts';
import { removeWorkFolder } from './mounting.ts';
import { type OpenedDevice, openDevice } from './open-device.ts';
import { findPlaces, makePlaces, type Places, requireRoom } from './places.ts';
import { type AttachmentRecord, forget, recordPaths, writeRecord } from './records.ts';
import type { AttachRequest, Listen } from './request.ts';
import { findSource, type Source } from './source.ts';
import { forgetDeadOf, sweep } from './sweep.ts';

/** An attachment that is up. */
export interface Serving {
  readonly source: Source;
  readonly access: AttachmentRecord['access'];
  readonly uri: string;
  /** Of its unix socket; undefined where it is served on a port. */
  readonly socket: string | undefined;
  readonly sizeBytes: number;
  readonly version: number | null;
  /** An empty folder of its own. */
  readonly work: string;
  /** Lets others see where it is mounted. */
  mounted(mount: AttachmentRecord['mount']): Promise<void>;
}

/** What is done with an attachment: once clients can connect, and before they lose it. */
export interface Use {
  readonly begin: (serving: Serving) => Promise<void>;
  readonly end: () => Promise<void>;
  /** What a first Ctrl-C waits for, and what becomes of that at a second one. */
  readonly ending: (access: AttachmentRecord['access']) => string;
}

/**
 * Serves a disk or snapshot until the command is interrupted or another one ends it. Everything
 * that was written is committed then. If that fails, so does this: what was written is in the
 * journal, and the next attachment of the disk commits it.
 */
export async function serve(context: Context, request: AttachRequest, listen: Listen, use: Use): Promise<void> {
  await using ends = new Ends();
  const places = findPlaces(context.environment, homedir());
  makePlaces(places);
  // What is under way goes on after an interruption, to come to a clean end.
  const work = new AbortController();
  ends.defer(() => work.abort());
  const settings = await context.settings();
  const source = await findSource(await context.client(), request.source, context.region);
  requireScratchable(source, request);
  await sweep(places);
  const log = consoleLog(context.console);
  // Before the disk is taken from anybody. An address that is in use, or a medium that is full,
  // costs its present writer nothing.
  const server = await createNbdServer({
    listen: listen.address ?? { socket: join(places.sockets, `${source.id}.${process.pid}.sock`) },
    log,
    ...(listen.tls && { tls: listen.tls }),
  });
  ends.defer(() => server.close());
  const folder = await mkdtemp(join(places.scratch, `${source.id}.${process.pid}-`));
  ends.defer(() => removeWorkFolder(folder));
  await requireRoom(folder);
  const { console } = context;
  const end = new Ending(context.signal, console);
  const opened = await openDevice({
    settings,
    request,
    source,
    places,
    work: folder,
    console,
    log,
    signal: work.signal,
  });
  ends.defer(() => opened.device.close().catch(() => undefined)); // a failure was reported below
  await forgetDeadOf(places, source.id);
  const logPath = logOf(context.environment);
  await whileServed({ source, places, folder, server, use, end, opened, log: logPath });
  await removeEmpty(logPath);
}

/** The writes to a disk are kept: a user that wants them forgotten has named the wrong thing. */
function requireScratchable({ kind, id, name }: Source, { scratch }: AttachRequest): void {
  if (kind === 'snapshot' || scratch !== 'DEMANDED') return;
  throw new UsageError(
    `--scratch is for snapshots, and ${name || id} is a disk. Attach a snapshot of it (varve ` +
      `snapshot create ${id}), or the disk with --read-only.`,
    'attach',
  );
}

interface Served {
  readonly source: Source;
  readonly places: Places;
  readonly folder: string;
  readonly server: NbdServer;
  readonly use: Use;
  readonly end: Ending;
  readonly opened: OpenedDevice;
  readonly log: string | undefined;
}

async function whileServed(served: Served): Promise<void> {
  const { source, places, folder, server, use, end, opened } = served;
  await using ends = new Ends();
  const { device, access, status } = opened;
  const { path, control: controlPath } = recordPaths(places.attachments, source.id, process.pid);
  ends.defer(() => server.close()); // before the device
  const answer = async (asked: ControlRequest) =>
    asked.op === 'end' ? end.ask() : { ...status(), connections: server.connections };
  const control = await serveControl(controlPath, answer);
  ends.defer(() => control.close());
  ends.defer(() => forget({ path, control: controlPath }));
  const uri = server.uri(device.name);
  const record = recordOf(served, uri);
  await writeRecord(path, record);
  server.serve([device]);
  end.explain(use.ending(access));
  try {
    await use.begin({
      source,
      access,
      uri,
      socket: 'socket' in server.address ? server.address.socket : undefined,
      sizeBytes: device.sizeBytes,
      version: status().version,
      work: folder,
      mounted: (mount) => writeRecord(path, mount === undefined ? record : { ...record, mount }),
    });
    await end.wanted;
    await use.end();
    await server.close();
    await closeDevice({ opened, source, places });
    end.done({ committedVersion: status().version });
  } catch (error) {
    end.done({ error: (error as Error).message });
    throw error;
  }
}

function recordOf({ source: { id, name }, opened: { access }, log }: Served, uri: string): AttachmentRecord {
  const startedAt = new Date().toISOString();
  return { sourceId: id, name, pid: process.pid, uri, access, startedAt, ...(log !== undefined && { log }) };
}
