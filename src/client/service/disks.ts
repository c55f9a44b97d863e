import {
  type Answered,
  AttachDiskDocument,
  type AttachDiskInput,
  CompleteReencryptionDocument,
  CreateDiskDocument,
  type CreateDiskInput,
  DetachDiskDocument,
  type DetachDiskInput,
  DiskDocument,
  type DiskFieldsFragment,
  type DiskFilter,
  type DiskOrder,
  DisksDocument,
  ReinitializeDiskDocument,
  type ReinitializeDiskInput,
  ReleaseDiskDocument,
  type ReleaseDiskInput,
  type ReleaseDiskMutation,
  ResizeDiskDocument,
  RollbackDiskDocument,
  type RollbackDiskInput,
  type RollbackDiskMutation,
  UpdateDiskDocument,
  type UpdateDiskInput,
} from '../../generated/operations.ts';
import { ClientError } from '../errors.ts';
import type { Graphql, Sendable } from './graphql.ts';
import { type Collected, collect, type OrderedRequest } from './pages.ts';

export type Disk = DiskFieldsFragment;
export type RolledBack = Answered<RollbackDiskMutation>['rollbackDisk'];
export type Tag = Disk['tags'][number];

export type Disks = ReturnType<typeof createDisks>;

export function createDisks(graphql: Graphql, signal: AbortSignal) {
  return {
    get: async (id: string): Promise<Disk | null> => (await graphql.call(DiskDocument, { id }, signal)).disk,
    list: ({ region, filter, orderBy, limit }: OrderedRequest<DiskFilter, DiskOrder>): Promise<Collected<Disk>> =>
      collect(limit, async (first, after) => {
        return (await graphql.call(DisksDocument, { region, first, after, filter, orderBy }, signal)).disks;
      }),
    create: async (input: Sendable<CreateDiskInput>): Promise<Disk> =>
      (await graphql.call(CreateDiskDocument, { input }, signal)).createDisk.disk,
    update: async (input: Sendable<UpdateDiskInput>): Promise<Disk> =>
      (await graphql.call(UpdateDiskDocument, { input }, signal)).updateDisk.disk,
    resize: async (diskId: string, sizeBytes: number): Promise<Disk> =>
      (await graphql.call(ResizeDiskDocument, { input: { diskId, sizeBytes } }, signal)).resizeDisk.disk,
    rollBack: async (input: Sendable<RollbackDiskInput>): Promise<RolledBack> =>
      (await graphql.call(RollbackDiskDocument, { input }, signal)).rollbackDisk,
    /** If the answer was lost, the repetition is refused, and the disk says that it is complete. */
    completeReencryption: async (diskId: string): Promise<Disk> => {
      try {
        const input = { diskId };
        return (await graphql.call(CompleteReencryptionDocument, { input }, signal)).completeReencryption.disk;
      } catch (error) {
        if (!(error instanceof ClientError && error.code === 'IncorrectDiskStatus')) throw error;
        const { disk } = await graphql.call(DiskDocument, { id: diskId }, signal);
        if (disk?.status !== 'AVAILABLE' || disk.reencryption !== null) throw error;
        return disk;
      }
    },
    attach: async (input: Sendable<AttachDiskInput>): Promise<Disk> =>
      (await graphql.call(AttachDiskDocument, { input }, signal)).attachDisk.disk,
    detach: async (input: Sendable<DetachDiskInput>): Promise<Disk> =>
      (await graphql.callOnce(DetachDiskDocument, { input }, signal)).detachDisk.disk,
    reinitialize: async (input: Sendable<ReinitializeDiskInput>): Promise<Disk> =>
      (await graphql.callOnce(ReinitializeDiskDocument, { input }, signal)).reinitializeDisk.disk,
    release: async (input: Sendable<ReleaseDiskInput>): Promise<Answered<ReleaseDiskMutation>['releaseDisk']> =>
      (await graphql.callOnce(ReleaseDiskDocument, { input }, signal)).releaseDisk,
  };
}
