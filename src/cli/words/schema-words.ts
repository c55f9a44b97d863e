/**
 * Names of the API that people at a terminal should not meet: fields, arguments and operations in
 * camelCase. A test holds the list complete. Only these are put into other words, as a disk may
 * well be named `webData`.
 */
export const SCHEMA_WORDS: ReadonlySet<string> = new Set(
  `
acceptedTerms acceptedTermsText accountIds acquiredAt acquireLease actorKind addedBytesPerDay
addTags ageDays ageHours allAt apiKey apiKeyId apiKeys applyPolicy arrearsSince attachDisk
autoQuota baseVersion blockMap breachAt breakLease byteHours bytesRead cancelCopy
cancelImageExport cancelImageImport cancelPolicy cancelScrub capacityHistory chainId changedBlocks
changedBytes changedStoredBytes chargeType clientToken closedAt closeMonth commitBlocks
commitDraft completeReencryption copiedBytes copySnapshot copyTargets countedAt coverableDisks
createApiKey createConsoleLink createdAt createdBefore createdBy createdFrom createDisk
createImage createInstance createPolicy createSnapshot createWebhook currentTerms currentTermsText
damagedObjects dataDisks deduplicatedBytes deleteAutoSnapshots deletedAt deletedSnapshotIds
deleteImage deleteImagePreview deletePolicy deleteSnapshots deleteSnapshotsPreview deleteWebhook
deleteWithInstance deletionProtection deletionsHeldSince detachDisk detachedDiskIds disabledReason
discardDraft diskAdvice diskCount diskId diskIds diskKind diskStatus doneBytes doneCount
downloadUrl draftId dryRun dueAt encryptionKeyId endCursor endedAt endIndex eventId everyDays
expectedVersion expiresAt expiresBefore expiresFrom exportId exportImage failedCount failingSince
fileBytes finishedAt flushRequest forgottenSnapshots forReading foundAt freedBytes freedCost
freedObjects freedTogetherBytes freedTogetherCost freeFrom fromSnapshotId graceHours hasNextPage
healedAt hoursInMonth imageExport imageExports imageId imageImport imageImports importId
importImage inArrears inBreach inBreachSince inProgress instanceId isDefault isPage keepDays
keptBytes keptInUse keptSnapshotCount keyId lastError lastStatus lastTriedAt lastVerifiedAt
lengthBytes logicalBytes manualQuota missedSlots missingHours moreBytes moreRanges movedBlocks
movedBytes nameContains namePrefix newestSnapshot newestUsableAt nextAt nextIndex nextOffsetBytes
nextRunAt nextRuns objectId objectiveHours objectsCounted objectsRead offsetBytes ofMonth
oldSecretUntil openDraft openedAt openSnapshotService orderBy originSnapshotId overlapHours
ownBytes ownerAccountId ownStoredBytes pageInfo pageMap parentId perGibMonth pinnedAt pinSnapshot
placeCount policyId policyPreview policyRuns prepareUpload pricePerGibMonth progressPercent
purgeTrash readOnly reinitializeDisk reinitializePreview releasedDiskId releasedDiskIds
releaseDisk releaseInstance releaseLease releasePreview removeTags renewAfterMs renewedAt
renewLease replacedPolicyId replacedSnapshotId replaceSystemDisk reportDamage requestId resizeDisk
restorableUntil restoreTrash retentionDays retryAfterMs revokeApiKey revokedAt rollbackDisk
rollbackPreview rotateWebhookSecret runsPerWeek safetySnapshot safetySnapshotName samplePercent
savedBytes savedCost scrubId serviceStopsAt setAt setQuota setRecoveryPointObjective
setSnapshotRetention setTrashRetention shareCount sharedBytes sharedImages sharedWith shareImage
sizeBytes skippedCount slotAt snapshotCount snapshotId snapshotIds snapshotsDeletedAt
snapshotService sourceDisk sourceDiskId sourceRegion sourceSnapshotId startIndex startInstance
startOffsetBytes startScrub statementLines stopInstance storedBytes systemDisk tagKey tagObjective
tagObjectives tagValue targetId testWebhook timeZone toRegion toSnapshotId totalBytes totalCount
totalStoredBytes trashHours trashItem triedAgain ttlSeconds underWay unpinSnapshot
unpricedByteHours unprotectedDisks unshareImage updateDisk updateImage updateInstance updatePolicy
updateSnapshot updateWebhook userAgent utcOffsetMinutes versionsRead waitingBytes waitingObjects
webhookDeliveries webhookId withDiskId withoutPolicy worstLossHours wrappedKey wrongCounts
yesDeleteNow
`
    .trim()
    .split(/\s+/),
);

/** Operations that messages name, and the command that does the same. */
export const COMMAND_OF: Readonly<Record<string, string>> = {
  acquireLease: 'attach',
  applyPolicy: 'policy apply',
  attachDisk: 'instance attach',
  cancelCopy: 'snapshot cancel-copy',
  cancelImageExport: 'image cancel-export',
  cancelImageImport: 'image cancel-import',
  cancelPolicy: 'policy cancel',
  cancelScrub: 'scrub cancel',
  completeReencryption: 'disk sync',
  copySnapshot: 'snapshot copy',
  createApiKey: 'key create',
  createDisk: 'disk create',
  createImage: 'image create',
  createInstance: 'instance create',
  createPolicy: 'policy create',
  createSnapshot: 'snapshot create',
  createWebhook: 'webhook add',
  deleteImage: 'image delete',
  deletePolicy: 'policy delete',
  deleteSnapshots: 'snapshot delete',
  deleteSnapshotsPreview: 'snapshot delete',
  deleteWebhook: 'webhook remove',
  detachDisk: 'instance detach',
  exportImage: 'image export',
  importImage: 'image import-stored',
  openSnapshotService: 'service open',
  pinSnapshot: 'snapshot pin',
  purgeTrash: 'trash purge',
  reinitializeDisk: 'disk reinitialize',
  releaseDisk: 'disk delete',
  releaseInstance: 'instance release',
  replaceSystemDisk: 'instance replace-system-disk',
  resizeDisk: 'disk resize',
  restoreTrash: 'trash restore',
  revokeApiKey: 'key revoke',
  rollbackDisk: 'snapshot rollback',
  rotateWebhookSecret: 'webhook rotate',
  setQuota: 'quota set',
  setRecoveryPointObjective: 'objective set',
  setSnapshotRetention: 'snapshot retain',
  setTrashRetention: 'trash set',
  shareImage: 'image share',
  startInstance: 'instance start',
  startScrub: 'scrub',
  stopInstance: 'instance stop',
  testWebhook: 'webhook test',
  unpinSnapshot: 'snapshot unpin',
  unshareImage: 'image unshare',
  updateDisk: 'disk update',
  updateImage: 'image update',
  updateInstance: 'instance update',
  updatePolicy: 'policy update',
  updateSnapshot: 'snapshot update',
  updateWebhook: 'webhook update',
};
