import {
  INFO,
  MAX_PAYLOAD_BYTES,
  MIN_BLOCK_BYTES,
  OPTION_REPLY,
  PREFERRED_BLOCK_BYTES,
  TRANSMISSION_FLAG,
} from './constants.ts';
import type { Device } from './device.ts';
import { optionReply, uint16, uint32, uint64 } from './options.ts';

/** The empty name stands for the first. */
export function findExport(devices: readonly Device[], name: string): Device | undefined {
  return name === '' ? devices[0] : devices.find((device) => device.name === name);
}

/** What the export can do, as bits. */
export function transmissionFlags(device: Pick<Device, 'readOnly'>, structured: boolean): number {
  const flags = TRANSMISSION_FLAG;
  // All connections share the device, so a flush on one holds for all of them.
  const always = flags.HAS_FLAGS | flags.SEND_FLUSH | flags.CAN_MULTI_CONN | flags.SEND_CACHE;
  const writing = device.readOnly
    ? flags.READ_ONLY
    : flags.SEND_FUA | flags.SEND_TRIM | flags.SEND_WRITE_ZEROES | flags.SEND_FAST_ZERO;
  return always | writing | (structured ? flags.SEND_DF : 0);
}

/** Reply to EXPORT_NAME, which ends the negotiation. */
export function exportNameReply(device: Device, options: { structured: boolean; zeroes: boolean }): Buffer {
  const flags = uint16(transmissionFlags(device, options.structured));
  return Buffer.concat([uint64(device.sizeBytes), flags, Buffer.alloc(options.zeroes ? 124 : 0)]);
}

/** Entry of the list of exports. */
export function serverReply(option: number, { name, description }: Device): Buffer {
  const bytes = Buffer.from(name, 'utf8');
  return optionReply(option, OPTION_REPLY.SERVER, uint32(bytes.length), bytes, Buffer.from(description, 'utf8'));
}

/** The replies to INFO and GO before they are acknowledged. */
export function infoReplies(
  option: number,
  device: Device,
  { structured, wanted }: { readonly structured: boolean; readonly wanted: ReadonlySet<number> },
): Buffer {
  const flags = uint16(transmissionFlags(device, structured));
  const replies = [optionReply(option, OPTION_REPLY.INFO, uint16(INFO.EXPORT), uint64(device.sizeBytes), flags)];
  const addInfo = (type: number, ...data: readonly Buffer[]) => {
    if (wanted.has(type)) replies.push(optionReply(option, OPTION_REPLY.INFO, uint16(type), ...data));
  };
  addInfo(INFO.NAME, Buffer.from(device.name, 'utf8'));
  addInfo(INFO.DESCRIPTION, Buffer.from(device.description, 'utf8'));
  const sizes = [MIN_BLOCK_BYTES, PREFERRED_BLOCK_BYTES, MAX_PAYLOAD_BYTES];
  addInfo(INFO.BLOCK_SIZE, ...sizes.map(uint32));
  return Buffer.concat(replies);
}
