import type { Command } from '../command.ts';
import { jobList, jobShow, quotaList, quotaSet, serviceOpen, status } from './account.ts';
import { accountArrears, accountCreate } from './account-operator.ts';
import { advice, adviceForgotten, adviceUnprotected } from './advice.ts';
import { accountShow, keyCreate, keyList, keyRevoke } from './api-key.ts';
import { attach } from './attach.ts';
import { diskReinitialize, instanceAttach, instanceDetach } from './attachment.ts';
import { auditExport, auditList } from './audit.ts';
import { accountBalance, accountCredit, accountDebit, accountThreshold } from './balance.ts';
import { billClose, billExport, billShow } from './bill.ts';
import { chainShow } from './chain.ts';
import { completion } from './completion.ts';
import { consoleOpen } from './console.ts';
import { attachmentList, detach } from './detach.ts';
import { diskCreate, diskDelete, diskResize } from './disk-create.ts';
import { diskImport } from './disk-import.ts';
import { diskList, diskShow } from './disk-show.ts';
import { diskSync } from './disk-sync.ts';
import { diskUpdate } from './disk-update.ts';
import { doctor } from './doctor.ts';
import { events } from './events.ts';
import { diskExport, snapshotExport } from './export.ts';
import { imageCreate, imageDelete, imageList, imageShare, imageShow, imageUnshare, imageUpdate } from './image.ts';
import { imageCancelExport, imageExport, imageListExports, imageShowExport } from './image-export.ts';
import { imageImport } from './image-import.ts';
import { imageCancelImport, imageImportStored, imageListImports, imageShowImport } from './image-import-stored.ts';
import {
  instanceCreate,
  instanceRelease,
  instanceReplaceSystemDisk,
  instanceStart,
  instanceStop,
  instanceUpdate,
} from './instance.ts';
import { instanceList, instanceShow } from './instance-show.ts';
import { jobWait } from './job-wait.ts';
import { login, profileAdd } from './login.ts';
import { metrics } from './metrics.ts';
import { mount } from './mount.ts';
import { diskObjective, objectiveList, objectiveRemove, objectiveSet } from './objective.ts';
import { overview } from './overview.ts';
import { packageAdd, packageList } from './package.ts';
import { policyCreate, policyDelete, policyList, policyShow, policyUpdate } from './policy.ts';
import { policyApply, policyCancel, policyDisks } from './policy-disks.ts';
import { policyRuns, policySlots } from './policy-history.ts';
import { priceList, priceSet } from './price.ts';
import { profileList, profileRemove, profileUse } from './profile.ts';
import { rebuild } from './rebuild.ts';
import { reclaimShow } from './reclaim.ts';
import { damageList, scrub, scrubCancel, scrubList, scrubShow } from './scrub.ts';
import { server } from './server.ts';
import { serverBackup } from './server-backup.ts';
import { serverMove } from './server-move.ts';
import { serverRestore } from './server-restore.ts';
import { snapshotCreate, snapshotDiff, snapshotRollback, snapshotShow } from './snapshot.ts';
import { snapshotCancelCopy, snapshotCopy } from './snapshot-copy.ts';
import { snapshotDelete } from './snapshot-delete.ts';
import { snapshotList } from './snapshot-list.ts';
import { snapshotPin, snapshotRetain, snapshotUnpin } from './snapshot-pin.ts';
import { snapshotUpdate } from './snapshot-update.ts';
import { tour } from './tour.ts';
import { trashList, trashPurge, trashRestore, trashSet } from './trash.ts';
import { trustClock } from './trust-clock.ts';
import { usage } from './usage.ts';
import { diskVerify, snapshotVerify } from './verify.ts';
import { watch } from './watch.ts';
import {
  webhookAdd,
  webhookDeliveries,
  webhookList,
  webhookRemove,
  webhookRotate,
  webhookTest,
  webhookUpdate,
} from './webhook.ts';

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  diskCreate,
  diskList,
  diskShow,
  diskUpdate,
  diskObjective,
  diskResize,
  diskImport,
  diskSync,
  diskExport,
  diskVerify,
  diskReinitialize,
  diskDelete,
  snapshotCreate,
  snapshotList,
  snapshotShow,
  snapshotUpdate,
  snapshotPin,
  snapshotUnpin,
  snapshotRetain,
  snapshotDelete,
  snapshotDiff,
  snapshotCopy,
  snapshotCancelCopy,
  snapshotExport,
  snapshotVerify,
  snapshotRollback,
  trashList,
  trashRestore,
  trashPurge,
  trashSet,
  chainShow,
  attach,
  mount,
  detach,
  attachmentList,
  imageCreate,
  imageList,
  imageShow,
  imageUpdate,
  imageShare,
  imageUnshare,
  imageDelete,
  imageImport,
  imageExport,
  imageShowExport,
  imageListExports,
  imageCancelExport,
  imageImportStored,
  imageShowImport,
  imageListImports,
  imageCancelImport,
  instanceCreate,
  instanceList,
  instanceShow,
  instanceUpdate,
  instanceStart,
  instanceStop,
  instanceAttach,
  instanceDetach,
  instanceReplaceSystemDisk,
  instanceRelease,
  policyCreate,
  policyList,
  policyShow,
  policyUpdate,
  policyApply,
  policyCancel,
  policyDisks,
  policyRuns,
  policySlots,
  policyDelete,
  overview,
  watch,
  objectiveSet,
  objectiveList,
  objectiveRemove,
  serviceOpen,
  quotaList,
  quotaSet,
  accountShow,
  accountCreate,
  accountArrears,
  accountBalance,
  accountCredit,
  accountDebit,
  accountThreshold,
  auditList,
  auditExport,
  keyCreate,
  keyList,
  keyRevoke,
  jobList,
  jobShow,
  jobWait,
  events,
  webhookAdd,
  webhookList,
  webhookUpdate,
  webhookTest,
  webhookDeliveries,
  webhookRotate,
  webhookRemove,
  scrubList,
  scrubShow,
  scrubCancel,
  scrub,
  damageList,
  usage,
  adviceUnprotected,
  adviceForgotten,
  advice,
  billShow,
  billExport,
  billClose,
  priceList,
  priceSet,
  packageList,
  packageAdd,
  reclaimShow,
  serverBackup,
  serverRestore,
  serverMove,
  trustClock,
  server,
  tour,
  rebuild,
  doctor,
  metrics,
  consoleOpen,
  status,
  login,
  profileAdd,
  profileUse,
  profileList,
  profileRemove,
  completion,
];
