import type { BlockKeys } from '../engine/blocks/object-form.ts';
import type { KeyUnwrapper } from '../platform/keys/port.ts';
import { expectContents } from './download/expect-contents.ts';
import { type ExportRequest, exportImage } from './download/export-image.ts';
import { exportStream } from './download/export-stream.ts';
import type { OutputChoice } from './download/output-target.ts';
import type { OutputForm } from './download/partial.ts';
import type { ExpectedContents } from './download/proved-pages.ts';
import { withDamageReport } from './download/report-damage.ts';
import { type VerifyResult, verifyImage } from './download/verify-image.ts';
import { ClientError } from './errors.ts';
import type { Patience } from './flow/patience.ts';
import type { Meter } from './progress.ts';
import { type Calls, createCalls } from './service/calls.ts';
import type { Disk } from './service/disks.ts';
import { createGraphql, type Endpoint, type Graphql, type GraphqlParts } from './service/graphql.ts';
import { createHttp } from './service/http.ts';
import { blockKeysOf, createUnwrapper } from './service/keys.ts';
import { OBJECT_REQUESTS } from './service/object-transfer.ts';
import type { ReadyThreads } from './threads/ready-threads.ts';
import type { Source } from './upload/source.ts';
import { type SyncResult, syncImage } from './upload/sync-image.ts';

export interface ClientOptions {
  readonly endpoint: Endpoint;
  /** Of a single-machine installation, or any other that does not use KMS. */
  readonly keyFile?: string | undefined;
  /** Ends everything that is under way. */
  readonly signal: AbortSignal;
  /** Of all its calls and transfers. Left out: brief, for callers that try again themselves. */
  readonly patience?: Patience | undefined;
  /** Sees each call before it is sent, and may throw. */
  readonly before?: GraphqlParts['before'];
}

export interface Transfer {
  readonly meter: Meter;
  /** Threads that are starting already; the transfer takes those that it needs. */
  readonly threads?: ReadyThreads | undefined;
}

export interface ReadTransfer extends Transfer {
  /** What the caller knows the contents to be, from earlier or from elsewhere. */
  readonly expected?: ExpectedContents | undefined;
}

export interface FileTransfer extends ReadTransfer {
  /** Makes a qcow2 file, and says how its clusters are compressed. Left out: a raw image. */
  readonly form?: OutputForm | undefined;
}

export interface SyncTransfer extends Transfer {
  /**
   * Whether a source that ends before the disk stands for zeros from there on. Default: refused.
   */
  readonly zeroRest?: boolean;
  /**
   * Whether a source that changed while it was read is taken as it was read. Left out: it is
   * refused.
   */
  readonly allowChange?: boolean;
  /**
   * Whether what cannot be read of a file or device counts as zeros, and is told. Left out: it is
   * refused.
   */
  readonly zeroUnreadable?: boolean;
}

/** Everything a program needs to work with one installation of Varve. */
export interface Client extends Calls {
  readonly graphql: Graphql;
  /** Makes the disk's contents those of the source. */
  sync(disk: Disk, source: Source, transfer: SyncTransfer): Promise<SyncResult>;
  /**
   * Carries out the copy that a disk waits for, and makes it AVAILABLE. The copy is encrypted if
   * the disk is.
   */
  finishCopy(disk: Disk, transfer: Transfer): Promise<Disk>;
  /** Writes a disk's or snapshot's contents to a file or device. */
  export(id: string, output: OutputChoice, transfer: FileTransfer): ReturnType<typeof exportImage>;
  /** The same to a file descriptor that takes bytes in order. */
  exportTo(id: string, fd: number, transfer: ReadTransfer): ReturnType<typeof exportStream>;
  /** Reads a disk or snapshot and reports which of its blocks are damaged. */
  verify(id: string, transfer: ReadTransfer): Promise<VerifyResult>;
  close(): void;
}

/** Connections beside those that move blocks: prepare, commit and map calls. */
const API_REQUESTS = 8;

export function openClient({ endpoint, keyFile, signal, patience, before }: ClientOptions): Client {
  const http = createHttp(OBJECT_REQUESTS + API_REQUESTS, {
    patience,
    door: endpoint.door,
    objectFolder: endpoint.objectFolder,
    proxies: endpoint.proxies,
  });
  const graphql = createGraphql({ http, endpoint, before });
  const service = { graphql, http };
  const calls = createCalls(graphql, signal);
  const { disks, snapshots, images, account } = calls;
  const unwrapper: KeyUnwrapper = createUnwrapper(keyFile);
  const keysOf = (id: string): Promise<BlockKeys | undefined> => blockKeysOf(account, unwrapper, id);
  const keysFor = async ({ id, encrypted }: Disk): Promise<BlockKeys | undefined> => {
    if (!encrypted) return undefined;
    const keys = await keysOf(id);
    if (keys) return keys;
    const message = `The service does not give the key of encrypted disk ${id}.`;
    throw new ClientError('KeyUnavailable', message);
  };
  const expect = (id: string, expected?: ExpectedContents) => expectContents({ disks, snapshots }, id, expected);
  const exportRequest = async (source: string, transfer: ReadTransfer): Promise<ExportRequest> => ({
    source,
    expect: () => expect(source, transfer.expected),
    keys: await keysOf(source),
    meter: transfer.meter,
    threads: transfer.threads,
    signal,
  });

  const reportingDamage = <T>(source: string, read: () => Promise<T>): Promise<T> =>
    withDamageReport({ graphql, source, signal }, read);

  return {
    ...calls,
    graphql,
    sync: async (disk, source, { meter, ...choice }) => {
      const keys = await keysFor(disk);
      return syncImage(service, { disk, source, keys, meter, signal, ...choice });
    },
    finishCopy: async (disk, { meter }) => {
      if (!disk.reencryption) throw new ClientError('IncorrectDiskStatus', `Disk ${disk.id} does not wait for a copy.`);
      const snapshotId = disk.reencryption.sourceSnapshotId;
      const label = `reencryption of ${snapshotId}`;
      // The snapshot of a shared image is not visible here, but the image says the same.
      const { imageId } = disk.origin;
      const expected = async () => (imageId === null ? expect(snapshotId) : ((await images.get(imageId)) ?? undefined));
      const source = { kind: 'snapshot', snapshotId, label, expect: expected } as const;
      meter.totalBytes = disk.reencryption.totalBytes;
      const keys = await keysFor(disk);
      await reportingDamage(snapshotId, () => syncImage(service, { disk, source, keys, meter, signal }));
      return disks.completeReencryption(disk.id);
    },
    export: async (id, output, { form, ...transfer }) => {
      const request = await exportRequest(id, transfer);
      return reportingDamage(id, () => exportImage(service, { ...request, output, form }));
    },
    exportTo: async (id, fd, transfer) => {
      const request = await exportRequest(id, transfer);
      return reportingDamage(id, () => exportStream(service, { ...request, fd }));
    },
    verify: async (id, transfer) => verifyImage(service, await exportRequest(id, transfer)),
    close: () => http.close(),
  };
}
