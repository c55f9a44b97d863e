/** What a field of an event's data is. One that may be missing is null then, or left out. */
export type FieldKind = 'text' | 'instant' | 'number' | 'boolean';

export interface EventField {
  readonly is: FieldKind;
  readonly says: string;
  readonly mayBeMissing?: true;
}

export interface EventDefinition {
  /** One sentence, for people who write receivers. */
  readonly says: string;
  readonly subject: SubjectKind;
  readonly data: Readonly<Record<string, EventField>>;
}

/** What an event is about. */
export type SubjectKind =
  | 'account'
  | 'disk'
  | 'snapshot'
  | 'policy'
  | 'export'
  | 'import'
  | 'scrub'
  | 'object'
  | 'webhook'
  | 'installation';

const text = (says: string): EventField => ({ is: 'text', says });
const instant = (says: string): EventField => ({ is: 'instant', says });
const number = (says: string): EventField => ({ is: 'number', says });
const boolean = (says: string): EventField => ({ is: 'boolean', says });
const perhaps = (field: EventField): EventField => ({ ...field, mayBeMissing: true });

const ITS_POLICY = { policyId: perhaps(text('Of an automatic one.')) };
const PROBLEM = { code: text('An error code.'), message: text('For people.') };
const RUN = {
  diskId: text('The disk.'),
  slotAt: instant('The slot.'),
  code: perhaps(PROBLEM.code),
  message: perhaps(PROBLEM.message),
};
const QUOTA = {
  quota: text('The kind of the quota.'),
  limit: number('What is allowed.'),
  used: number('What is used now.'),
  diskId: perhaps(text('Of a quota for each disk.')),
};

/**
 * Rule 8.5: the one registry of what is told. A type is part of the public API: it never changes
 * its meaning, and a field of it neither goes nor changes its kind (`.ci/check-events.ts`). The
 * schemas in `schema/events/` are made from here.
 */
export const EVENT_TYPES = {
  'snapshot.accomplished': {
    says: 'A snapshot can be used.',
    subject: 'snapshot',
    data: {
      diskId: text('The disk that it is of.'),
      name: text('Of the snapshot.'),
      kind: text('MANUAL or AUTO.'),
      consistency: perhaps(text('COMMITTED or FLUSHED.')),
      ...ITS_POLICY,
    },
  },
  'policy.run.skipped': {
    says: 'A policy made no snapshot of a disk in a slot, as its rules say.',
    subject: 'policy',
    data: RUN,
  },
  'policy.run.failed': {
    says: 'A policy could make no snapshot of a disk in a slot.',
    subject: 'policy',
    data: RUN,
  },
  'arrears.began': {
    says: 'The account is in arrears. Its service stops and its snapshots are deleted at the instants given.',
    subject: 'account',
    data: {
      since: instant('From when the times count.'),
      stopsAt: instant('No snapshot is made from then on.'),
      deletesAt: instant('Snapshots are deleted from then on.'),
    },
  },
  'arrears.ended': {
    says: 'The account is not in arrears any more.',
    subject: 'account',
    data: { since: instant('When they had begun.') },
  },
  'quota.nearly_full': {
    says: 'Four fifths of a quota are used.',
    subject: 'account',
    data: QUOTA,
  },
  'quota.full': {
    says: 'A quota is used up.',
    subject: 'account',
    data: QUOTA,
  },
  'damage.found': {
    says: 'A stored object is missing, cut or changed.',
    subject: 'object',
    data: {
      domainId: text('The objects under one key that it is one of.'),
      reason: text('MISSING, LENGTH, FORM, SEAL or CHECKSUM.'),
      isPage: boolean('Whether it is a page: nothing below it can be read.'),
    },
  },
  'damage.healed': {
    says: 'A stored object that was damaged is good again, or nothing needs it any more.',
    subject: 'object',
    data: {
      domainId: text('The objects under one key that it is one of.'),
      how: text('REPLACED by an upload, or UNUSED.'),
    },
  },
  'copy.accomplished': {
    says: 'A snapshot that was copied to another region can be used there.',
    subject: 'snapshot',
    data: {
      sourceId: text('The snapshot that it is a copy of.'),
      sourceRegion: perhaps(text('Where that one is.')),
      ...ITS_POLICY,
    },
  },
  'copy.failed': {
    says: 'Copying a snapshot has come to nothing. If a policy wanted it, it was tried for days.',
    subject: 'snapshot',
    data: {
      sourceId: text('The snapshot that it was to be a copy of.'),
      sourceRegion: perhaps(text('Where that one is.')),
      ...ITS_POLICY,
      ...PROBLEM,
    },
  },
  'export.accomplished': {
    says: 'An image is written as a file.',
    subject: 'export',
    data: { imageId: text('The image.'), format: text('Of the file.'), fileBytes: perhaps(number('Of the file.')) },
  },
  'export.failed': {
    says: 'Writing an image as a file has come to nothing.',
    subject: 'export',
    data: { imageId: text('The image.'), format: text('Of the file.'), ...PROBLEM },
  },
  'import.accomplished': {
    says: 'An image is made from a file of a bucket.',
    subject: 'import',
    data: {
      imageId: text('The image.'),
      snapshotId: text('The snapshot that it is made of.'),
      key: text('Of the file.'),
    },
  },
  'import.failed': {
    says: 'Making an image from a file of a bucket has come to nothing.',
    subject: 'import',
    data: { key: text('Of the file.'), ...PROBLEM },
  },
  'scrub.ended': {
    says: 'A scrub that was asked for has ended.',
    subject: 'scrub',
    data: {
      status: text('How.'),
      damaged: number('Objects found damaged.'),
      wrongCounts: number('Objects whose counts were wrong.'),
    },
  },
  'clock.hold.began': {
    says: 'The clock is ahead of what can be explained: nothing is deleted because of time.',
    subject: 'installation',
    data: {},
  },
  'clock.hold.ended': {
    says: 'The clock is explained: deletions because of time go on.',
    subject: 'installation',
    data: {},
  },
  'breach.began': {
    says: 'The newest usable snapshot of a disk is older than its objective.',
    subject: 'disk',
    data: {
      name: text('Of the disk.'),
      reason: text('Why, as in `BreachReason`.'),
      objectiveHours: number('What it has.'),
      source: text('DISK, TAG or POLICY.'),
      since: instant('From when on.'),
      newestUsableAt: perhaps(instant('Of that snapshot.')),
    },
  },
  'breach.ended': {
    says: 'A disk is not in breach of its objective any more.',
    subject: 'disk',
    data: {
      name: text('Of the disk.'),
      ended: text('By what: SNAPSHOT, OBJECTIVE (it is longer now, or gone), or RELEASED.'),
      inBreachSince: instant('When it had begun.'),
      reason: perhaps(text('Why it was, when that was last looked at.')),
    },
  },
  'webhook.gave_up': {
    says: 'A receiver has not taken an event for 24 hours. It is told once, until the receiver takes one again.',
    subject: 'webhook',
    data: { eventId: text('The event that is not sent any more.'), reason: text('How the last try ended.') },
  },
  'webhook.test': {
    says: 'Somebody tries whether a receiver is reached. Only that receiver is sent it.',
    subject: 'webhook',
    data: {},
  },
  'webhook.disabled': {
    says: 'A receiver is sent nothing any more until it is switched on again.',
    subject: 'webhook',
    data: { reason: text('Why.') },
  },
} as const satisfies Readonly<Record<string, EventDefinition>>;

/** Dotted names in lower case. */
export type EventType = keyof typeof EVENT_TYPES;

export const isEventType = (text: string): text is EventType => Object.hasOwn(EVENT_TYPES, text);
