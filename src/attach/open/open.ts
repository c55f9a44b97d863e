import { requireStated } from '../../client/download/proved-pages.ts';
import { ClientError } from '../../client/errors.ts';
import type { Disk } from '../../client/service/disks.ts';
import { createHttp } from '../../client/service/http.ts';
import { blockKeysOf, createUnwrapper } from '../../client/service/keys.ts';
import { OBJECT_REQUESTS } from '../../client/service/object-transfer.ts';
import type { Device } from '../../nbd/device.ts';
import { systemClock } from '../../platform/clock.ts';
import { LastVersions } from '../journal/last-versions.ts';
import { ATTACH_LIMITS } from '../limits.ts';
import { AttachedDevice } from './attached-device.ts';
import { openReading, type Reading } from './open-reading.ts';
import { openWriting } from './open-writing.ts';
import type { AttachOptions, Opening } from './opening.ts';
import { pinDisk } from './pinned-disk.ts';
import { requireTaken } from './require-taken.ts';
import { createServices } from './services.ts';
import type { AttachStatus } from './status.ts';
import { statusOf } from './status.ts';

export interface Attachment {
  readonly device: Device;
  status(): AttachStatus;
}

/** Connections beside those that move blocks. */
const API_REQUESTS = 8;

/**
 * Opens a disk or snapshot as a block device, in about a second whatever its size: its contents are
 * fetched when they are read. Throws `ClientError`: `NotFound`, `DiskLocked`,
 * `IncorrectDiskStatus`, `KeyUnavailable` and those of any call.
 */
export async function openAttached(options: AttachOptions): Promise<Attachment> {
  const end = new AbortController();
  const signal = AbortSignal.any([options.signal, end.signal]);
  const { door, objectFolder, proxies } = options.endpoint;
  const http = createHttp(OBJECT_REQUESTS + API_REQUESTS, { door, objectFolder, proxies });
  const finish = () => {
    end.abort();
    http.close();
  };
  try {
    const services = createServices(http, options.endpoint, signal);
    const keys = await blockKeysOf(services.account, createUnwrapper(options.keyFile), options.id);
    const opening = {
      ...options,
      limits: { ...ATTACH_LIMITS, ...options.limits },
      journalBytes: options.limits?.journalBytes,
      clock: options.clock ?? systemClock,
      services,
      versions: new LastVersions(options.versionsFolder),
      keys,
      signal,
    };
    return await open(opening, finish);
  } catch (error) {
    finish();
    throw error;
  }
}

async function open(opening: Opening, finish: () => void): Promise<Attachment> {
  const { id } = opening;
  if (id.startsWith('s-')) return openSnapshot(opening, finish);
  const disk = await opening.services.disks.get(id);
  if (disk === null) throw new ClientError('NotFound', `Disk ${id} does not exist.`, { id });
  if (opening.readOnly) return openReadOnly(opening, disk, finish);
  const writing = await openWriting(opening, disk);
  const device = deviceOf(
    opening,
    writing,
    { sizeBytes: writing.sizeBytes, name: disk.name || id, writer: writing.writer },
    finish,
  );
  return { device, status: () => statusOf(opening, writing, writing) };
}

async function openSnapshot(opening: Opening, finish: () => void): Promise<Attachment> {
  const { id, services } = opening;
  const snapshot = await services.snapshots.get(id);
  if (snapshot === null) throw new ClientError('NotFound', `Snapshot ${id} does not exist.`, { id });
  const { root, sourceDisk } = snapshot;
  const map = await services.datapath.blockMap({ source: id, startIndex: 0, limit: 1 }, false);
  requireStated(id, { root, sizeBytes: sourceDisk.sizeBytes }, map);
  if (opening.expected) requireStated(id, opening.expected, map);
  const { version, sizeBytes } = map;
  const reading = openReading(opening, { source: id, diskId: sourceDisk.id, version, root, sizeBytes });
  const device = deviceOf(opening, reading, { sizeBytes, name: snapshot.name || id }, finish);
  return { device, status: () => statusOf(opening, reading) };
}

async function openReadOnly(opening: Opening, disk: Disk, finish: () => void): Promise<Attachment> {
  const { sizeBytes } = disk;
  const pin = await pinDisk(opening, disk);
  const { root, version } = pin;
  try {
    requireTaken(opening, disk, { version: pin.diskVersion, root, sizeBytes });
  } catch (error) {
    await pin.end();
    throw error;
  }
  const reading = openReading(opening, { source: pin.draftId, diskId: disk.id, version, root, sizeBytes });
  const end = async () => {
    await pin.end();
    finish();
  };
  const device = deviceOf(opening, reading, { sizeBytes, name: disk.name || disk.id }, end);
  return { device, status: () => ({ ...statusOf(opening, reading), version: pin.diskVersion }) };
}

function deviceOf(
  { id, durability }: Opening,
  reading: Reading,
  {
    sizeBytes,
    name,
    writer,
  }: {
    readonly sizeBytes: number;
    readonly name: string;
    readonly writer?: ConstructorParameters<typeof AttachedDevice>[0]['writer'];
  },
  finish: () => void | Promise<void>,
): AttachedDevice {
  const mode = writer === undefined ? 'read-only' : `flush is ${durability}`;
  return new AttachedDevice({
    sizeBytes,
    name,
    description: `Varve ${id}, ${mode}`,
    reader: reading.reader,
    writer,
    extents: reading.extents,
    end: async () => {
      await finish();
      await reading.end();
    },
  });
}
