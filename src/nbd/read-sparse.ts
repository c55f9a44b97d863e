import { type Bytes, type Device, DeviceError, type Extent } from './device.ts';
import type { Execution, Reply } from './execute.ts';
import { dataChunk, holeChunk } from './replies.ts';
import type { Request } from './requests.ts';

/**
 * Shorter reads, and zeros shorter than this inside of longer ones, are sent as they are: a hole
 * would save too little.
 */
const MIN_HOLE_BYTES = 64 * 1024;
/** A reply has at most about half as many fragments. */
const MAX_EXTENTS = 64;

export interface Piece {
  readonly offset: number;
  readonly length: number;
  readonly zero: boolean;
}

/**
 * A read's reply in fragments: zeros are named, not sent. `whole`: the client wants it all in one.
 */
export async function readStructured(
  { device, signal }: Pick<Execution, 'device' | 'signal'>,
  request: Request,
  whole: boolean,
): Promise<Reply> {
  if (whole || request.length < MIN_HOLE_BYTES) return readData(device, request, signal);
  const extents = await device.extents('allocation', request.offset, request.length, MAX_EXTENTS, signal);
  const pieces = fragments(request, extents);
  if (pieces.length === 1 && pieces[0]?.zero === false) return readData(device, request, signal);
  return readPieces(device, request, pieces, signal);
}

/**
 * Cuts a range where the extents say that it is zero for long enough. What they do not mention is
 * data.
 */
export function fragments(range: { offset: number; length: number }, extents: readonly Extent[]): Piece[] {
  const end = range.offset + range.length;
  const pieces: Piece[] = [];
  const add = (offset: number, to: number, zero: boolean) => {
    const last = pieces.at(-1);
    if (last?.zero === zero) pieces[pieces.length - 1] = { ...last, length: to - last.offset };
    else pieces.push({ offset, length: to - offset, zero });
  };
  let at = range.offset;
  for (let next = 0; next < extents.length && at < end; ) {
    const zero = extents[next]?.zero === true;
    let to = at;
    for (; next < extents.length && extents[next]?.zero === zero; next++) to += extents[next]?.lengthBytes ?? 0;
    to = Math.min(to, end);
    if (to > at) add(at, to, zero && to - at >= MIN_HOLE_BYTES);
    at = to;
  }
  if (at < end) add(at, end, false);
  return pieces;
}

/**
 * One byte more or less than announced, and the client would take what follows for something else.
 */
export async function readRange(
  device: Device,
  { offset, length }: { readonly offset: number; readonly length: number },
  signal: AbortSignal,
): Promise<Bytes> {
  const bytes = await device.read(offset, length, signal);
  let got = 0;
  for (const chunk of bytes.chunks) got += chunk.length;
  if (got === length) return bytes;
  bytes.release();
  throw new DeviceError('IO', `Of ${length} bytes, ${got} were read.`);
}

async function readData(device: Device, request: Request, signal: AbortSignal): Promise<Reply> {
  const bytes = await readRange(device, request, signal);
  return { buffers: [dataChunk(request, request, true), ...bytes.chunks], release: () => bytes.release() };
}

async function readPieces(
  device: Device,
  request: Request,
  pieces: readonly Piece[],
  signal: AbortSignal,
): Promise<Reply> {
  const held: Bytes[] = [];
  const release = () => {
    for (const bytes of held) bytes.release();
  };
  const buffers: Buffer[] = [];
  try {
    for (const [at, piece] of pieces.entries()) {
      const done = at === pieces.length - 1;
      if (piece.zero) {
        buffers.push(holeChunk(request, piece, done));
        continue;
      }
      const bytes = await readRange(device, piece, signal);
      held.push(bytes);
      buffers.push(dataChunk(request, piece, done), ...bytes.chunks);
    }
  } catch (error) {
    release();
    throw error;
  }
  return { buffers, release };
}
