import { join } from 'node:path';
import type { AttachEvent } from '../../attach/events.ts';
import { openAttached } from '../../attach/open/open.ts';
import { ScratchDevice } from '../../attach/open/scratch.ts';
import type { Device } from '../../nbd/device.ts';
import type { Log } from '../../platform/log.ts';
import type { Console } from '../console.ts';
import type { Settings } from '../settings.ts';
import { formatSize } from '../sizes.ts';
import type { Places } from './places.ts';
import type { AttachmentRecord, AttachmentStatus } from './records.ts';
import type { AttachRequest } from './request.ts';
import type { Source } from './source.ts';

export interface OpenedDevice {
  readonly device: Device;
  readonly access: AttachmentRecord['access'];
  readonly status: () => Omit<AttachmentStatus, 'connections'>;
  /** Where the writes lie that were not committed when the disk was lost, if there are any. */
  readonly setAside: () => string | undefined;
}

export interface DeviceToOpen {
  readonly settings: Settings;
  readonly request: AttachRequest;
  readonly source: Source;
  readonly places: Places;
  /** An empty folder of this attachment's own. */
  readonly work: string;
  readonly console: Console;
  readonly log: Log;
  /** Ends everything at once, as a kill would. */
  readonly signal: AbortSignal;
}

export async function openDevice(wanted: DeviceToOpen): Promise<OpenedDevice> {
  const { settings, request, source, places, work, console, log, signal } = wanted;
  const { expected, readOnly, scratch, durability, holder, steal, cacheBytes, journalBytes } = request;
  let fault: string | null = null;
  let aside: string | undefined;
  const { device, status } = await openAttached({
    endpoint: settings,
    keyFile: settings.keyFile,
    id: source.id,
    expected,
    readOnly,
    durability,
    holder,
    steal,
    stateFolder: places.journals,
    versionsFolder: places.versions,
    cacheFolder: places.cache,
    limits: {
      ...(cacheBytes !== undefined && { cacheBytes }),
      ...(journalBytes !== undefined && { journalBytes }),
    },
    onEvent: (event) => {
      if (event.kind === 'LEASE_LOST' || event.kind === 'NOT_PROVED') fault = event.reason;
      if (event.kind === 'JOURNAL_SET_ASIDE' && fault !== null) aside = event.path;
      console.note(eventText(event));
    },
    log,
    signal,
  });
  const isScratch = scratch !== 'NONE' && source.kind === 'snapshot';
  return {
    device: isScratch ? await overScratch(device, join(work, 'writes')) : device,
    access: isScratch ? 'SCRATCH' : device.readOnly ? 'READ_ONLY' : 'READ_WRITE',
    status: () => {
      const { version, dirtyBytes, retrying = null } = status();
      return { version: source.kind === 'disk' ? version : null, dirtyBytes, fault, retrying };
    },
    setAside: () => aside,
  };
}

async function overScratch(device: Device, path: string): Promise<Device> {
  try {
    return await ScratchDevice.open(device, path);
  } catch (error) {
    await Promise.allSettled([device.close()]);
    throw error;
  }
}

function eventText(event: AttachEvent): string {
  switch (event.kind) {
    case 'REPLAYED':
      return `Going on with ${formatSize(event.bytes)} that an earlier attachment wrote and had not uploaded.`;
    case 'JOURNAL_SET_ASIDE':
      return (
        `What an earlier attachment wrote and had not uploaded does not fit the disk any more: ${event.reason}. ` +
        `It is in ${event.path}. docs/attach.md says what to do with it.`
      );
    case 'LEASE_LOST':
      return `Somebody else has the disk now: ${event.reason}. Writes and flushes fail from now on.`;
    case 'NOT_PROVED':
      return `The service cannot be trusted with this disk: ${event.reason} Writes and flushes fail from now on.`;
  }
}
