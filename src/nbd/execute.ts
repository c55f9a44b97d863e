import { ERROR, type ErrorNumber } from './constants.ts';
import { type MetaContext, statusRuns } from './contexts.ts';
import { type Device, DeviceError, type DeviceErrorKind } from './device.ts';
import type { Plan } from './plan.ts';
import { readRange, readStructured } from './read-sparse.ts';
import { errorChunk, simpleReply, statusChunk } from './replies.ts';
import type { Request } from './requests.ts';

/** Bytes of a reply, in order. */
export interface Reply {
  readonly buffers: readonly Buffer[];
  /** To be called once the buffers are sent, or never will be. */
  release?(): void;
}

export interface Execution {
  readonly device: Device;
  readonly structured: boolean;
  readonly contexts: readonly MetaContext[];
  readonly signal: AbortSignal;
}

export type Operation = Exclude<Plan, { readonly kind: 'disconnect' | 'refuse' }>;

/** 256 KiB of reply for each context; a client asks again from where it ends. */
const MAX_STATUS_EXTENTS = 32 * 1024;

/** Carries a request out. `data` is what a write brought. Rejects where the device fails. */
export async function execute(
  execution: Execution,
  request: Request,
  operation: Operation,
  data: Buffer | undefined,
): Promise<Reply> {
  const { device, signal } = execution;
  const { offset, length } = request;
  switch (operation.kind) {
    case 'read':
      if (execution.structured) return readStructured(execution, request, operation.whole);
      return readPlain(execution, request);
    case 'status':
      return { buffers: await blockStatus(execution, request, operation.one) };
    case 'write':
      if (data !== undefined) await device.write(offset, data, signal);
      break;
    case 'zero':
      await device.zero(offset, length, signal);
      break;
    case 'trim':
      await device.trim(offset, length, signal);
      break;
    case 'prefetch':
      await device.prefetch(offset, length, signal);
      break;
    case 'flush':
      await device.flush(signal);
  }
  if ('durable' in operation && operation.durable) await device.flush(signal);
  return { buffers: [simpleReply(request, 0)] };
}

/** The reply to a request that failed. */
export function failure(
  request: Request,
  structured: boolean,
  { error, message }: { readonly error: ErrorNumber; readonly message: string },
): Reply {
  return { buffers: [structured ? errorChunk(request, error, message) : simpleReply(request, error)] };
}

const ERROR_OF_KIND: Readonly<Record<DeviceErrorKind, ErrorNumber>> = {
  IO: ERROR.EIO,
  NO_SPACE: ERROR.ENOSPC,
  READ_ONLY: ERROR.EPERM,
  INVALID: ERROR.EINVAL,
  FENCED: ERROR.EIO,
  SHUTDOWN: ERROR.ESHUTDOWN,
};

/**
 * What the client gets to know of an error. If no device means it, no more than that something went
 * wrong.
 */
export function errorOf(error: unknown): { readonly error: ErrorNumber; readonly message: string } {
  if (error instanceof DeviceError) return { error: ERROR_OF_KIND[error.kind], message: error.message };
  return { error: ERROR.EIO, message: 'The operation failed.' };
}

async function readPlain({ device, signal }: Execution, request: Request): Promise<Reply> {
  const bytes = await readRange(device, request, signal);
  return { buffers: [simpleReply(request, 0), ...bytes.chunks], release: () => bytes.release() };
}

async function blockStatus(
  { device, contexts, signal }: Execution,
  request: Request,
  one: boolean,
): Promise<readonly Buffer[]> {
  const { offset, length } = request;
  const chunks: Buffer[] = [];
  for (const [at, context] of contexts.entries()) {
    const extents = await device.extents(context.source, offset, length, MAX_STATUS_EXTENTS, signal);
    const runs = statusRuns(context, extents, length);
    const reported = one ? runs.slice(0, 1) : runs;
    chunks.push(statusChunk(request, context.id, reported, at === contexts.length - 1));
  }
  return chunks;
}
