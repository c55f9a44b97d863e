import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeInTurns } from '../../src/engine/blocks/judge.ts';
import { createPageCache } from '../../src/engine/blocks/page-store.ts';
import { entryEntity, LEDGER_SHARDS } from '../../src/engine/books/rows.ts';
import { ENGINE_LIMITS, type EngineDeps } from '../../src/engine/deps.ts';
import { createLedgerWorker, type LedgerWorker } from '../../src/engine/ledger/ledger-worker.ts';
import { RECLAIM_TIMES } from '../../src/engine/reclaim/reclaim.ts';
import { createContents } from '../../src/engine/tree/contents.ts';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import type { Role } from '../../src/generated/schema.ts';
import { type Catalogue, put } from '../../src/platform/catalogue/port.ts';
import { createIds } from '../../src/platform/ids.ts';
import { createFileKeys, createKeyFile } from '../../src/platform/keys/file.ts';
import type { KeyUnwrapper } from '../../src/platform/keys/port.ts';
import { createLog } from '../../src/platform/log.ts';
import type { ObjectStore } from '../../src/platform/objects/port.ts';
import { createSecret } from '../../src/service/accounts/credentials.ts';
import { CURRENT_TERMS } from '../../src/service/accounts/terms.ts';
import { createEntrance } from '../../src/service/api/entrance.ts';
import type { HttpEvent, HttpHandler, HttpResult } from '../../src/service/api/http-event.ts';
import type { RecordPlace } from '../../src/service/audit/recording-catalogue.ts';
import { createAuditTrail } from '../../src/service/audit/trail.ts';
import { describeWith } from '../../src/service/manifests/describe.ts';
import { type ApiKeyRow, accountEntity, apiKeyEntity } from '../../src/service/model/accounts/rows.ts';
import { damageTeller } from '../../src/service/model/events/of-damage.ts';
import { RENEW_AFTER_MS } from '../../src/service/model/leases/rules.ts';
import type { ScrubDeps } from '../../src/service/scrubs/run.ts';
import type { Service } from '../../src/service/service.ts';
import { type HttpServer, startHttp } from './http.ts';
import { TEST_OUTGOING } from './outgoing.ts';
import { createTestStores } from './stores.ts';
import { TRUSTED_CLOCK } from './trusted-clock.ts';

export const REGION = 'here';
export const OTHER_REGION = 'there';
export const KEY_ID = 'test-key';

/** What a query answers: its text alone tells the shape. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Told = any;

/** A clock that goes on with the real one, and can be moved ahead. */
export interface MovableClock {
  now(): number;
  advance(ms: number): void;
}

/** The API as it is deployed, over real engines, called in this process. */
export interface TestApi {
  readonly service: Service;
  readonly engine: EngineDeps;
  readonly worker: LedgerWorker;
  readonly scrubs: ScrubDeps;
  readonly catalogue: Catalogue;
  readonly objects: ObjectStore;
  /** Nobody else writes to it. */
  readonly bucket: string;
  readonly clock: MovableClock;
  readonly keys: KeyUnwrapper;
  readonly keyFile: string;
  /** Lines of the service's log. */
  readonly log: readonly string[];
  /**
   * A new account with the snapshot service open in the first region, and with no recycle bin,
   * unless told otherwise.
   */
  createAccount(options?: AccountOptions): Promise<TestAccount>;
  /** An account that exists, with an administrator's key of it. */
  accountOf(id: string, key: string): TestAccount;
  invoke(event: HttpEvent): Promise<HttpResult>;
  /** Where pages sign in and out. */
  readonly session: HttpHandler;
  /** Later reads fetch pages from the store again, as another process would. */
  forgetPages(): void;
  /** Works off the ledger, as worker and janitor would, until nothing is left. */
  settle(): Promise<void>;
  startHttp(): Promise<HttpServer>;
  close(): Promise<void>;
}

export interface AccountOptions {
  readonly open?: boolean;
  /** How long what it deletes can be brought back; `default` is that of the product. */
  readonly trashHours?: number | 'default';
}

export interface TestAccount {
  readonly id: string;
  /** An administrator's key. */
  readonly key: string;
  createKey(role: Role, regions?: readonly string[]): Promise<string>;
  /** Data of the answer; an error in it is thrown. */
  call(query: string, variables?: object, key?: string): Promise<Told>;
  /** The first error of an answer that must have one. */
  refusal(query: string, variables?: object, key?: string): Promise<ApiError>;
}

export interface ApiError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

export interface Answer {
  readonly status: number;
  readonly data?: Told;
  readonly errors?: readonly ApiError[];
}

export interface TestApiOptions {
  /** Another: the same installation with an empty table, as after its loss. */
  readonly after?: Pick<TestApi, 'bucket' | 'keyFile' | 'clock'>;
  /** The second region has a store of its own. */
  readonly apart?: boolean;
  /** Soon, where a test waits for what a holder hears when it renews its lease. */
  readonly leaseRenewAfterMs?: number;
  /** Where records of the audit are written. Left out: as with these stores. */
  readonly recordPlace?: RecordPlace;
  /** Where its clock begins; negative: in the past. */
  readonly aheadMs?: number;
}

export async function createTestApi({
  after,
  apart = false,
  leaseRenewAfterMs = RENEW_AFTER_MS,
  recordPlace = process.env.VARVE_TEST_STORES === 'cloud' ? 'BEFORE' : 'WITHIN',
  aheadMs = 0,
}: TestApiOptions = {}): Promise<TestApi> {
  const directory = await mkdtemp(join(tmpdir(), 'varve-api-'));
  const keyFile = after?.keyFile ?? join(directory, 'keys.json');
  if (after === undefined) await createKeyFile({ path: keyFile }, KEY_ID);
  const keys = createFileKeys({ path: keyFile });
  const stores = await createTestStores(after?.bucket);
  const { objects, bucket } = stores;
  const there = apart ? await createTestStores() : stores;
  const clock = after?.clock ?? createMovableClock(aheadMs);
  const pageCache = createPageCache();
  const log: string[] = [];
  const lines = createLog({ level: 'info', clock, write: (line) => log.push(line) });
  const ids = createIds(clock);
  const audit = createAuditTrail({ catalogue: stores.catalogue, clock, ids, log: lines, place: recordPlace });
  const { catalogue } = audit;
  const engine: EngineDeps = {
    catalogue,
    objects: (region) => (region === OTHER_REGION ? there : stores).objects,
    queue: { send: async () => {} },
    clock,
    trust: TRUSTED_CLOCK,
    ids,
    random: Math.random,
    pageCache,
    judge: judgeInTurns(),
    limits: ENGINE_LIMITS,
    tellDamage: damageTeller({ clock, ids }),
  };
  const service: Service = {
    catalogue,
    clock,
    trust: engine.trust,
    ids: engine.ids,
    audit,
    random: randomBytes,
    keys,
    defaultKeyId: KEY_ID,
    regions: [REGION, OTHER_REGION],
    timeZoneOf: (region) => (region === OTHER_REGION ? 'Asia/Tokyo' : 'UTC'),
    tree: createVersionTree(engine),
    contents: createContents(engine),
    objects: engine.objects,
    files: (region) => (region === OTHER_REGION ? there : stores).files,
    exportBuckets: [],
    importBuckets: [],
    reclaimGraceMs: RECLAIM_TIMES.graceMs,
    leaseRenewAfterMs,
    queue: engine.queue,
    whyNotSent: TEST_OUTGOING.whyRefused,
  };
  const worker = createLedgerWorker(engine, describeWith(service));
  const { graphql: handle, session } = createEntrance(service, lines);
  return {
    service,
    engine,
    worker,
    scrubs: { service, engine },
    catalogue,
    objects,
    bucket,
    clock,
    keys,
    keyFile,
    log,
    createAccount: (options) => createAccount(service, handle, log, options),
    accountOf: (id, key) => accountOf({ service, handle, log }, id, key),
    invoke: handle,
    session,
    forgetPages: () => pageCache.clear(),
    settle: () => settle(catalogue, worker, clock),
    startHttp: () => startHttp(handle),
    close: async () => {
      await stores.close();
      if (apart) await there.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function createMovableClock(aheadMs: number): MovableClock {
  let ahead = aheadMs;
  return {
    now: () => Date.now() + ahead,
    advance: (ms) => {
      ahead += ms;
    },
  };
}

async function createAccount(
  service: Service,
  handle: HttpHandler,
  log: readonly string[],
  { open = true, trashHours = 0 }: AccountOptions = {},
): Promise<TestAccount> {
  const id = `acc-${randomUUID()}`;
  const createdAt = new Date(service.clock.now()).toISOString();
  await service.catalogue.transact([
    put(accountEntity, { id, name: 'Test', createdAt, ...(trashHours !== 'default' && { trashHours }) }),
  ]);
  const admin = await createKeyOf(service, id, 'ADMIN');
  const account = accountOf({ service, handle, log }, id, admin);
  if (open) await account.call(OPEN_SERVICE, { terms: CURRENT_TERMS });
  return account;
}

export async function createKeyOf(service: Service, accountId: string, role: Role, regions?: readonly string[]) {
  const createdAt = new Date(service.clock.now()).toISOString();
  const { text, ...secret } = createSecret(randomBytes);
  const row: ApiKeyRow = { ...secret, accountId, name: 'Test key', role, createdAt, ...(regions && { regions }) };
  await service.catalogue.transact([put(apiKeyEntity, row)]);
  return text;
}

interface Called {
  readonly service: Service;
  readonly handle: HttpHandler;
  readonly log: readonly string[];
}

export function accountOf({ service, handle, log }: Called, id: string, admin: string): TestAccount {
  return {
    id,
    key: admin,
    createKey: (role, regions) => createKeyOf(service, id, role, regions),
    call: async (query, variables, key = admin) => {
      const { data, errors } = await post(handle, key, query, variables);
      if (errors !== undefined) throw new Error(`${JSON.stringify(errors, undefined, 2)}\n${log.at(-1) ?? ''}`);
      return data;
    },
    refusal: async (query, variables, key = admin) => {
      const { errors, data } = await post(handle, key, query, variables);
      const [error] = errors ?? [];
      if (error === undefined) throw new Error(`no refusal, but ${JSON.stringify(data)}`);
      return error;
    },
  };
}

export const OPEN_SERVICE = `mutation ($terms: String!, $region: String) {
  openSnapshotService(input: { acceptedTerms: $terms, region: $region }) {
    snapshotService { region opened openedAt acceptedTerms currentTerms }
  }
}`;

export async function post(
  handle: HttpHandler,
  key: string | undefined,
  query: string,
  variables: object = {},
): Promise<Answer> {
  const result = await handle(eventOf(key, JSON.stringify({ query, variables })));
  return { status: result.statusCode, ...(JSON.parse(result.body) as object) };
}

export function eventOf(key: string | undefined, body: string): HttpEvent {
  return {
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
    rawPath: '/graphql',
    rawQueryString: '',
    body,
    isBase64Encoded: false,
    requestContext: { requestId: randomUUID(), http: { method: 'POST' } },
  };
}

async function settle(catalogue: Catalogue, worker: LedgerWorker, clock: MovableClock): Promise<void> {
  for (let round = 0; round < 100; round++) {
    const pages = await Promise.all(
      Array.from({ length: LEDGER_SHARDS }, (_, shard) =>
        catalogue.list(entryEntity, { partition: { shard }, limit: 100 }),
      ),
    );
    const entries = pages.flatMap(({ rows }) => rows).filter(({ phase }) => phase !== 'TAKING');
    if (entries.length === 0) return;
    for (const { shard, id } of entries) await worker.run(shard, id, clock.now() + 60_000);
  }
  throw new Error('the ledger never empties');
}
