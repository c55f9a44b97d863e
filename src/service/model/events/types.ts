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
  | 'scrub'
  | 'object'
  | 'webhook'
  | 'installation';

const text = (says: string): EventField => ({ is: 'text', says });
const instant = (says: string): EventField => ({ is: 'instant', says });
const number = (says: string): EventField => ({ is: 'number', says });
const perhaps = (field: EventField): EventField => ({ ...field, mayBeMissing: true });

const ITS_POLICY = { policyId: perhaps(text('Of an automatic one.')) };
const PROBLEM = { code: text('An error code.'), message: text('For people.') };
const QUOTA = {
  quota: text('The kind of the quota.'),
  limit: number('What is allowed.'),
  used: number('What is used now.'),
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
  'snapshot.failed': {
    says: 'A snapshot was begun and has come to nothing.',
    subject: 'snapshot',
    data: { diskId: text('The disk that it was to be of.'), name: text('Of the snapshot.'), ...ITS_POLICY, ...PROBLEM },
  },
  'policy.run.skipped': {
    says: 'A policy made no snapshot of a disk in a slot, as its rules say.',
    subject: 'policy',
    data: { diskId: text('The disk.'), slotAt: instant('The slot.'), reason: text('Why.') },
  },
  'policy.run.failed': {
    says: 'A policy could make no snapshot of a disk in a slot.',
    subject: 'policy',
    data: { diskId: text('The disk.'), slotAt: instant('The slot.'), reason: text('Why.') },
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
    data: { ...QUOTA, diskId: perhaps(text('Of a quota for each disk.')) },
  },
  'quota.full': {
    says: 'A quota is used up.',
    subject: 'account',
    data: { ...QUOTA, diskId: perhaps(text('Of a quota for each disk.')) },
  },
  'damage.found': {
    says: 'A stored object is missing, cut or changed.',
    subject: 'object',
    data: { domainId: text('Where it lies.'), reason: text('What is wrong with it.'), foundBy: text('Who found it.') },
  },
  'damage.healed': {
    says: 'A stored object that was damaged is good again.',
    subject: 'object',
    data: { domainId: text('Where it lies.') },
  },
  'copy.accomplished': {
    says: 'A snapshot that was copied to another region can be used there.',
    subject: 'snapshot',
    data: {
      sourceId: text('The snapshot that it is a copy of.'),
      sourceRegion: text('Where that one is.'),
      ...ITS_POLICY,
    },
  },
  'copy.failed': {
    says: 'Copying a snapshot has come to nothing.',
    subject: 'snapshot',
    data: {
      sourceId: text('The snapshot that it was to be a copy of.'),
      sourceRegion: text('Where that one is.'),
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
  'scrub.ended': {
    says: 'A scrub that was asked for has ended.',
    subject: 'scrub',
    data: { status: text('How.'), damaged: number('Objects found damaged.'), problems: number('Counts found wrong.') },
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
    data: {},
  },
  'breach.ended': { says: 'A disk has a snapshot as new as its objective wants again.', subject: 'disk', data: {} },
  'webhook.gave_up': {
    says: 'A receiver has not taken an event for 24 hours. It is told once, until the receiver takes one again.',
    subject: 'webhook',
    data: { eventId: text('The event that is not sent any more.'), reason: text('How the last try ended.') },
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
