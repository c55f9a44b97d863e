import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Adapters, assemble, type Composition } from '../../assembly.ts';
import type { Judge } from '../../engine/blocks/judge.ts';
import { addressFilter } from '../../platform/address-filter.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { refusingCatalogue } from '../../platform/catalogue/refusing.ts';
import { openSqliteCatalogue, type SqliteCatalogue } from '../../platform/catalogue/sqlite.ts';
import { systemClock } from '../../platform/clock.ts';
import type { MailConfig, Upkeep } from '../../platform/config.ts';
import { writeDurably } from '../../platform/durable-file.ts';
import { notFound } from '../../platform/errors.ts';
import { createFolderFiles } from '../../platform/files/folder.ts';
import type { FileStore } from '../../platform/files/port.ts';
import { createFileKeys, createKeyFile } from '../../platform/keys/file.ts';
import type { Log } from '../../platform/log.ts';
import type { Meter } from '../../platform/metrics/meter.ts';
import { createGrantUrls, signedBy } from '../../platform/objects/folder/url.ts';
import { openFolderObjects } from '../../platform/objects/folder.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';
import { createOutgoing } from '../../platform/outgoing/https.ts';
import { createMail } from '../../platform/outgoing/mail.ts';
import type { EventSink } from '../../platform/outgoing/sink.ts';
import { queuedApart } from '../../platform/queue/apart.ts';
import { createInProcessQueue, type InProcessQueue } from '../../platform/queue/in-process.ts';
import { createReadOnlySwitch, type ReadOnlySwitch } from '../../platform/read-only.ts';
import { type EventType, isEventType } from '../../service/model/events/types.ts';
import { watchOwnClock } from '../clock-watch.ts';
import { withRoomForCopies } from '../elsewhere/with-reserve.ts';
import { type CatalogueCopies, catalogueCopies } from '../keep/catalogue-copies.ts';
import { countedChanges } from '../keep/counted-changes.ts';
import { markOf } from '../keep/installation-mark.ts';
import { whyReadOnly } from '../keep/keeper.ts';
import { readNotes } from '../keep/notes.ts';
import { ensureLocalAdmin } from '../local-admin.ts';
import { LOCAL_KEY_ID, LOCAL_REGION } from '../names.ts';
import { StartError } from '../start-error.ts';
import { type OpenRegion, openRegion } from './open-region.ts';
import type { OwnObjects } from './own-objects.ts';
import type { RegionPlace } from './region-places.ts';

export interface PartsOptions {
  /** A folder that is this process's alone: closed to other users, and locked. */
  readonly folder: string;
  /** What signed URLs begin with, such as `http://127.0.0.1:4100/objects`. */
  readonly objectsUrl: string;
  readonly settings: Upkeep;
  /** IANA name, for the schedules of policies. */
  readonly timeZone: string;
  /** Absent: the objects are in the folder. */
  readonly elsewhere?: Elsewhere;
  /** Besides the first. */
  readonly regions?: readonly RegionPlace[];
  /** What signed URLs of their objects begin with. */
  readonly regionsUrl?: string;
  /** Whether the catalogue has room for what comes in. */
  readonly hasRoom?: () => boolean;
  /** Of the disks; by default that of every installation that began on one machine. */
  readonly region?: string;
  /** Of what is read back. */
  readonly judge?: Judge;
  readonly meter?: Meter;
  readonly log: Log;
}

/** Objects in a bucket that is this installation's. */
export interface Elsewhere {
  readonly objects: ObjectStore;
  readonly files: FileStore;
  /** Of the installation, as the owner's object in the bucket has it. */
  readonly id: string;
}

/** The service above the stores of a folder. Nothing runs by itself yet. */
export interface Parts {
  readonly composition: Composition;
  readonly catalogue: SqliteCatalogue;
  readonly objects: ObjectStore;
  /** Where this process keeps the objects itself, and answers for them. */
  readonly own?: Omit<OwnObjects, 'hasRoom'>;
  /** Besides the first. */
  readonly regions: readonly OpenRegion[];
  readonly queue: InProcessQueue;
  /** Damage turns it on: then nothing is written to the catalogue. */
  readonly readOnly: ReadOnlySwitch;
  readonly copies: CatalogueCopies;
  /** Changes of the catalogue so far. */
  readonly changes: () => number;
  /** Resolves when nothing more can be acknowledged, and the process must end. */
  readonly lost: Promise<Error>;
}

/** Opens the stores, with what a first start makes: keys, and an administrator. */
export async function openParts(options: PartsOptions): Promise<Parts> {
  const { folder, objectsUrl, log } = options;
  const catalogue = await openSqliteCatalogue(join(folder, 'catalogue.sqlite'));
  if (catalogue.migrated !== undefined) log.warn('the catalogue has a later version now', { ...catalogue.migrated });
  try {
    const { hasRoom = () => true } = options;
    const own = options.elsewhere === undefined ? await openOwn(folder, objectsUrl, hasRoom) : undefined;
    const objects = own ? withRoomForCopies(own.objects, hasRoom) : (options.elsewhere as Elsewhere).objects;
    const files = own?.files ?? (options.elsewhere as Elsewhere).files;
    const receivers = createInProcessQueue({ log, together: WEBHOOKS_AT_ONCE });
    const queue = queuedApart(createInProcessQueue({ log }), receivers);
    const readOnly = createReadOnlySwitch();
    const { check } = readNotes(folder);
    if (check?.damage !== undefined) readOnly.turnOn(whyReadOnly(folder, check.damage));
    const counted = countedChanges(catalogue);
    const guarded = refusingCatalogue(counted.catalogue, readOnly.requireOff);
    const keys = await openKeys(join(folder, 'keys.json'));
    const regions = await openRegions(options);
    const stores = { catalogue: guarded, objects, files, regions, queue, keys, readOnly };
    const composition = await assembleOn(options, stores);
    const copies = catalogueCopies({ objects, keys, keyId: LOCAL_KEY_ID, clock: systemClock });
    const lost = Promise.race([catalogue, ...(own ? [own.objects] : []), ...regions].map((part) => part.lost));
    const { changes } = counted;
    return { composition, catalogue, objects, ...(own && { own }), regions, queue, readOnly, copies, changes, lost };
  } catch (error) {
    await catalogue.close();
    throw error;
  }
}

async function openOwn(folder: string, objectsUrl: string, hasRoom: () => boolean): Promise<NonNullable<Parts['own']>> {
  const urls = createGrantUrls(objectsUrl, await urlSecretOf(folder));
  const { signGet } = signedBy(urls, systemClock);
  const files = createFolderFiles({ path: folder, signGet, hasRoom });
  return { urls, files, objects: await openFolderObjects({ path: folder, urls, clock: systemClock }) };
}

async function openKeys(path: string): Promise<ReturnType<typeof createFileKeys>> {
  if (!existsSync(path)) await createKeyFile({ path }, LOCAL_KEY_ID);
  return createFileKeys({ path });
}

/** What goes wrong is worth a mail by itself. */
const MAILED: readonly EventType[] = [
  'copy.failed',
  'export.failed',
  'policy.run.failed',
  'breach.began',
  'breach.ended',
  'damage.found',
  'damage.healed',
  'arrears.began',
  'arrears.ended',
  'quota.nearly_full',
  'quota.full',
  'clock.hold.began',
  'clock.hold.ended',
  'webhook.disabled',
];

function mailSinks(mail: MailConfig | undefined): EventSink[] {
  if (mail === undefined) return [];
  const { types = MAILED, ...where } = mail;
  const wrong = types.find((type) => !isEventType(type));
  if (wrong !== undefined) throw new StartError(`VARVE_MAIL_TYPES: there are no events of the type "${wrong}".`);
  return [createMail({ ...where, types })];
}

/** They wait for receivers, and compute little. */
const WEBHOOKS_AT_ONCE = 32;

/** The copies of one machine are few, and their stores near: each may soon be asked again. */
const COPY_WAITS = { firstMs: 1_000, longestMs: 15_000 };

/** Where nobody is given a URL. */
const NO_URL = 'http://localhost';

/** Once the keys are there, as these tell the installation. */
async function openRegions({ folder, regions = [], regionsUrl = NO_URL, hasRoom = () => true, log }: PartsOptions) {
  if (regions.length === 0) return [];
  const mark = markOf(folder);
  if (mark === undefined) throw new StartError(`The keys of ${folder} name no installation.`);
  const urlSecret = await urlSecretOf(folder);
  const open: OpenRegion[] = [];
  try {
    for (const place of regions)
      open.push(await openRegion(place, { folder, mark, url: regionsUrl, urlSecret, hasRoom, log }));
    return open;
  } catch (error) {
    await Promise.all(open.map((region) => region.stop()));
    throw error;
  }
}

interface Stores extends Pick<Parts, 'objects' | 'regions' | 'queue' | 'readOnly'> {
  readonly catalogue: Catalogue;
  readonly files: FileStore;
  readonly keys: Adapters['keys'];
}

async function assembleOn(
  { folder, settings, timeZone, log, judge, meter, region = LOCAL_REGION }: PartsOptions,
  { catalogue, objects, files, regions, queue, keys, readOnly }: Stores,
): Promise<Composition> {
  const adminKey = join(folder, 'admin.key');
  if (readOnly.why() === undefined)
    await ensureLocalAdmin({ catalogue, clock: systemClock, random: randomBytes, keyFile: adminKey });
  const stores = [{ name: region, objects, files }, ...regions];
  const storesIn = (wanted: string) => {
    const found = stores.find(({ name }) => name === wanted);
    if (found === undefined) throw notFound('Region', wanted);
    return found;
  };
  const adapters: Adapters = {
    catalogue,
    objects: (wanted) => storesIn(wanted).objects,
    files: (wanted) => storesIn(wanted).files,
    queue,
    outgoing: createOutgoing({
      addresses: addressFilter(settings.webhooks.allow),
      allowHttp: settings.webhooks.allowHttp,
    }),
    eventSinks: mailSinks(settings.mail),
    keys,
    defaultKeyId: LOCAL_KEY_ID,
    clock: systemClock,
    clockWatch: watchOwnClock(catalogue, log),
    log,
    ...(judge && { judge }),
    ...(meter && { meter }),
    whyReadOnly: readOnly.why,
    copyWaits: COPY_WAITS,
    recordPlace: 'WITHIN',
  };
  return assemble(adapters, {
    ...settings,
    regions: [{ id: region, timeZone }, ...regions.map(({ name }) => ({ id: name, timeZone }))],
  });
}

const URL_SECRET_BYTES = 32;

/** Kept, so that URLs that were given away outlive a new start. */
async function urlSecretOf(folder: string): Promise<Buffer> {
  const path = join(folder, 'urls.key');
  const known = await readFile(path).catch(() => undefined);
  if (known?.length === URL_SECRET_BYTES) return known;
  const secret = randomBytes(URL_SECRET_BYTES);
  writeDurably(path, secret);
  return secret;
}
