import { MAX_VISITED } from '../calls/page.ts';

/** What a field costs beyond being one value of the answer. */
export interface Weight {
  /**
   * Units (see `budget.ts`) whatever is answered, and for each member that is asked for. They stand
   * for rows, which are counted again when they are read.
   */
  readonly units?: number;
  readonly each?: number;
  /** Units where the arguments have a filter. */
  readonly filtered?: number;
  /** The same for what nobody counts when it is done: pages of block maps, signatures. */
  readonly work?: number;
  readonly workEach?: number;
  /** Bytes of the value, where they are more than usual. */
  readonly bytes?: number;
  /** The most members of a list that no argument limits. */
  readonly length?: number;
  /** Whether it answers one value, however long the lists of its arguments are. */
  readonly single?: boolean;
}

/** A row of the catalogue: reading, decoding. */
const ROW = 60;
/** A page or block of the store: fetched and checked. */
const OBJECT = 500;
/** The next instant of a schedule, by the rules of its time zone. */
const SLOT = 100;
/** A signature; and the URL with it, if a role with a session token signed it. */
const SIGNATURE = 15;
const SIGNED_URL: Weight = { bytes: 2200 };
const PAGE_OF_ROWS: Weight = { units: ROW, each: ROW };
const PAGE_OF_TWO_ROWS: Weight = { units: ROW, each: 2 * ROW };
/** A filter that matches little looks at more rows than it answers. */
const FILTERED: Weight = { units: ROW, each: ROW, filtered: MAX_VISITED * ROW };

/** Lists as long as the arguments of their field, or of the field around it, ask for. */
const AS_ASKED: Weight = { length: 1 };
const TAGS: Weight = { length: 50 };

/**
 * One table, so that a field that reads, signs or lists has its place. A test holds that every list
 * is here whose length no argument of its own tells. Lengths are those of the rule book, or of the
 * quotas; where a quota allows far more than anybody has, the usual: rows are counted once more
 * when they are read.
 */
export const WEIGHTS: Readonly<Record<string, Weight>> = {
  'Query.node': { units: ROW },
  'Query.nodes': { each: 300 }, // one by one
  'Query.regions': { units: ROW, length: 8 },
  'Viewer.deletionsHeldSince': { units: ROW },
  'Query.apiKeys': PAGE_OF_ROWS,
  'Query.disks': FILTERED,
  'Query.images': FILTERED,
  'Query.sharedImages': { units: ROW, each: 2 * ROW },
  'Query.instances': FILTERED,
  'Query.policies': { units: 100 * ROW },
  'Query.snapshots': FILTERED,
  'Query.jobs': { ...FILTERED, units: 100 * ROW },
  'Query.job': { units: 100 * ROW },
  'Query.scrubs': PAGE_OF_ROWS,
  'Query.damagedObjects': FILTERED,
  'Query.drafts': PAGE_OF_ROWS,
  'Query.chains': PAGE_OF_ROWS,
  'Query.trash': PAGE_OF_ROWS,
  'Query.trashItem': { units: ROW },
  'Query.events': FILTERED,
  'Query.webhook': { units: ROW },
  'Query.webhooks': PAGE_OF_ROWS,
  'Query.webhookDeliveries': PAGE_OF_ROWS,
  'Query.capacity': { units: 20 * ROW },
  'Query.capacityHistory': PAGE_OF_ROWS,
  'Query.purposes': { length: 5 },
  // Most chains are far shorter than they can be, and follow one after the other: see measure.ts.
  'Query.diskAdvice': { units: 150 * ROW, work: 20 * OBJECT },
  'Query.policyPreview': { single: true },
  'PolicyPreview.nextRuns': { workEach: SLOT },
  'PolicyPreview.disks': { each: 150 * ROW, workEach: 20 * OBJECT },
  'Query.advice': { units: ROW, each: 150 * ROW, workEach: 20 * OBJECT },
  'Query.unprotectedDisks': { units: MAX_VISITED * ROW, each: 12 * ROW, workEach: 10 * OBJECT },
  'Query.forgottenSnapshots': { units: MAX_VISITED * ROW, each: 12 * ROW, workEach: 10 * OBJECT },
  'Query.breaches': PAGE_OF_TWO_ROWS,
  'Query.overview': { units: 300 * ROW }, // 128 shards, and slots of all policies
  'Query.tagObjectives': { units: ROW, each: 1 },
  'Query.prices': PAGE_OF_ROWS,
  'Query.packages': PAGE_OF_ROWS,
  'Query.movements': PAGE_OF_ROWS,
  'Query.balance': { units: ROW },
  // A month that is not closed is added up: a row an hour and pages of chains a day.
  'Query.statement': { units: 1000 * ROW },
  'Query.statements': { work: OBJECT, workEach: OBJECT },
  'Query.statementLines': { units: 1000 * ROW, each: 1 },
  'Query.audit': FILTERED,
  'Query.quotas': { units: 10 * ROW, length: 10 },

  'DiskAdvice.changes': { length: 8 },
  'DiskAdvice.options': { length: 6 },
  'PolicyForecast.hours': { length: 24 },
  'PolicyForecast.weekdays': { length: 7 },
  // Rows of the disk's chain, lease, instances, origin and node; those of the account once.
  'Disk.actions': { units: 8 * ROW, length: 10 },
  'Snapshot.actions': { units: 4 * ROW, length: 9 },
  'Disk.instances': { length: 16, each: ROW },
  'Disk.tags': TAGS,
  'Disk.policyRuns': FILTERED,
  'DiskOrigin.snapshot': { units: ROW },
  'Disk.version': { units: ROW },
  'Disk.root': { units: ROW },
  'Disk.sizes': { units: 2 * ROW },
  'Disk.encryption': { units: ROW },
  'Disk.reencryption': { units: ROW },
  'Disk.policy': { units: ROW },
  'Disk.lease': { units: ROW },
  'Disk.chain': { units: ROW },
  'Disk.protection': { units: 8 * ROW }, // two lists among them, most often empty
  'Draft.version': { units: ROW },
  'Draft.root': { units: ROW },
  'Image.sharedWith': { length: 64 },
  'Image.tags': TAGS,
  'Image.root': { units: ROW },
  'Image.encryption': { units: ROW },
  'Instance.dataDisks': { length: 16, each: ROW }, // up to 64, and few have more than this
  'Instance.systemDisk': { units: ROW },
  'Instance.tags': TAGS,
  'Snapshot.tags': TAGS,
  'SnapshotSource.disk': { units: ROW },
  'Snapshot.type': { units: 2 * ROW },
  'Snapshot.sizes': { units: 2 * ROW },
  'Snapshot.root': { units: ROW },
  'Snapshot.encryption': { units: ROW },
  'Snapshot.copy': { units: ROW },
  'Snapshot.progressPercent': { units: ROW },
  'Policy.hours': { length: 24 },
  'Policy.weekdays': { length: 7 },
  'Policy.copyTargets': { length: 3 },
  'PolicyRun.copies': { length: 3, each: ROW },
  'Policy.nextRuns': { workEach: SLOT },
  'Policy.tags': TAGS,
  'Policy.diskCount': { units: 8 * ROW },
  'Policy.disks': { units: ROW, each: 2 * ROW },
  'Policy.coverableDisks': { units: MAX_VISITED * ROW, each: ROW },
  'Policy.runs': FILTERED,
  'Policy.slots': PAGE_OF_ROWS,
  // However few are asked for, the whole chain is read: up to 512 snapshots with their nodes. Most
  // are shorter.
  'Chain.nodes': { units: 300 * ROW },
  'Chain.capacity': { units: 150 * ROW },
  'ChainTrash.capacity': { units: 150 * ROW },
  'Chain.damagedObjects': { units: 10 * ROW, length: 100 },
  'Chain.disk': { units: ROW },
  'Chain.manualQuota': { units: ROW },
  'Chain.autoQuota': { units: ROW },
  'ChainNode.parentId': { units: ROW },
  'ChainNode.sizes': { units: ROW },

  // A sparse disk can have each of its blocks on a page of its own; most have hundreds on one.
  'Query.blockMap': { work: 4 * OBJECT, workEach: 100 + SIGNATURE },
  'Query.pageMap': { work: 4 * OBJECT, workEach: 2 },
  'Query.changedBlocks': { work: 8 * OBJECT, workEach: 100 },
  'Query.deleteSnapshotsPreview': { work: 100_000, workEach: 500 },
  'Mutation.reportDamage': { work: 4 * OBJECT, workEach: 2 * OBJECT },
  'Mutation.prepareUpload': { work: ROW, workEach: ROW + SIGNATURE },
  'Mutation.commitBlocks': { work: 4 * OBJECT, workEach: 50 },
  'MappedBlock.url': SIGNED_URL,
  'PreparedObject.url': SIGNED_URL,
  'PreparedObject.headers': { length: 8 },
  'Webhook.types': { length: 32 },
  'Webhook.url': { bytes: 500 },
  'Event.data': { bytes: 1000 },
  'Encryption.wrappedKey': { bytes: 500 },

  'ApiKey.regions': { length: 8 },
  'AuditRecord.subjects': { length: 16 },
  'Statement.regions': { length: 8 },
  'Statement.corrections': { length: 12 },
  'RegionStatement.packages': { length: 8 },
  'RegionStatement.prices': { length: 4 },
  'ReleaseDiskPayload.deletedSnapshotIds': { length: 256 },
  'ReleaseInstancePayload.releasedDiskIds': { length: 65 },
  'ReleaseInstancePayload.detachedDiskIds': { length: 65 },
  'RollbackDiskPayload.refusals': { length: 8 },
  'Scrub.findings': { length: 100 },
  'ChangedBlocks.ranges': AS_ASKED,
  'BlockMap.blocks': AS_ASKED,
  'PageMap.pages': AS_ASKED,
  'PrepareUploadPayload.objects': AS_ASKED,
  'ReportDamagePayload.blocks': AS_ASKED,
  'ApplyPolicyPayload.results': AS_ASKED,
  'CancelPolicyPayload.results': AS_ASKED,
  'DeleteSnapshotsPreview.results': AS_ASKED,
  'DeleteSnapshotsPayload.results': AS_ASKED,
  'RestoreTrashPayload.results': AS_ASKED,
  'RestoreTrashResult.changes': { length: 6 },
  'RestoreTrashResult.snapshotIds': { length: 256 },
  'PurgeTrashPayload.results': AS_ASKED,
  'TrashItem.tags': TAGS,
  'TrashItem.sizes': { units: 2 * ROW },

  // The schema itself, by the average of its types. One asked for by name can be far larger.
  'Query.__type': { length: 9 },
  '__Schema.types': { length: 320 },
  '__Schema.directives': { length: 6 },
  '__Directive.locations': { length: 8 },
  '__Directive.args': { length: 2 },
  '__Type.fields': { length: 5 },
  '__Type.inputFields': { length: 3 },
  '__Type.enumValues': { length: 2 },
  '__Type.possibleTypes': { length: 2 },
  '__Type.interfaces': { length: 1 },
  '__Type.description': { bytes: 100 },
  '__Field.args': { length: 1 },
  '__Field.description': { bytes: 100 },
  '__InputValue.description': { bytes: 100 },
  '__EnumValue.description': { bytes: 60 },
};
