import type { Command } from '../command.ts';
import { jobList, jobShow, quotaList, serviceOpen, status } from './account.ts';
import { chainShow } from './chain.ts';
import { completionCommand } from './completion.ts';
import { diskCreate, diskDelete, diskResize } from './disk-create.ts';
import { diskList, diskShow } from './disk-show.ts';
import { diskImport, diskSync } from './disk-sync.ts';
import { diskExport, snapshotExport } from './export.ts';
import { snapshotCreate, snapshotDiff, snapshotList, snapshotRollback, snapshotShow } from './snapshot.ts';
import { snapshotDelete } from './snapshot-delete.ts';
import { diskVerify, snapshotVerify } from './verify.ts';

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  diskCreate,
  diskList,
  diskShow,
  diskResize,
  diskImport,
  diskSync,
  diskExport,
  diskVerify,
  diskDelete,
  snapshotCreate,
  snapshotList,
  snapshotShow,
  snapshotDelete,
  snapshotDiff,
  snapshotExport,
  snapshotVerify,
  snapshotRollback,
  chainShow,
  serviceOpen,
  quotaList,
  jobList,
  jobShow,
  status,
  completionCommand(() => COMMANDS),
];
