import { type Account, createAccount } from './account.ts';
import { type Advice, createAdvice } from './advice.ts';
import { type ApiKeys, createApiKeys } from './api-keys.ts';
import { type AuditClient, createAudit } from './audit.ts';
import { type CapacityClient, createCapacity } from './capacity.ts';
import { createDisks, type Disks } from './disks.ts';
import { createEvents, type Events } from './events.ts';
import { createExports, type Exports } from './exports.ts';
import type { Graphql } from './graphql.ts';
import { createImages, type Images } from './images.ts';
import { createImports, type Imports } from './imports.ts';
import { createInstances, type Instances } from './instances.ts';
import { createLeases, type Leases } from './leases.ts';
import { createMoney, type MoneyClient } from './money.ts';
import { createPolicies, type Policies } from './policies.ts';
import { createScrubs, type Scrubs } from './scrubs.ts';
import { createSnapshots, type Snapshots } from './snapshots.ts';
import { createTrash, type Trash } from './trash.ts';
import { createUnreadable } from './unreadable.ts';
import { createWatch, type WatchClient } from './watch.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';

/** What the service can be asked for, by subject. */
export interface Calls {
  readonly disks: Disks;
  readonly snapshots: Snapshots;
  readonly instances: Instances;
  readonly leases: Leases;
  readonly images: Images;
  readonly trash: Trash;
  readonly exports: Exports;
  readonly imports: Imports;
  readonly policies: Policies;
  readonly account: Account;
  readonly apiKeys: ApiKeys;
  readonly scrubs: Scrubs;
  readonly capacity: CapacityClient;
  readonly advice: Advice;
  readonly money: MoneyClient;
  readonly watch: WatchClient;
  readonly audit: AuditClient;
  readonly events: Events;
  readonly webhooks: Webhooks;
  readonly unreadable: ReturnType<typeof createUnreadable>;
}

export function createCalls(graphql: Graphql, signal: AbortSignal): Calls {
  return {
    disks: createDisks(graphql, signal),
    snapshots: createSnapshots(graphql, signal),
    instances: createInstances(graphql, signal),
    leases: createLeases(graphql, signal),
    images: createImages(graphql, signal),
    trash: createTrash(graphql, signal),
    exports: createExports(graphql, signal),
    imports: createImports(graphql, signal),
    policies: createPolicies(graphql, signal),
    account: createAccount(graphql, signal),
    apiKeys: createApiKeys(graphql, signal),
    scrubs: createScrubs(graphql, signal),
    capacity: createCapacity(graphql, signal),
    advice: createAdvice(graphql, signal),
    money: createMoney(graphql, signal),
    watch: createWatch(graphql, signal),
    audit: createAudit(graphql, signal),
    events: createEvents(graphql, signal),
    webhooks: createWebhooks(graphql, signal),
    unreadable: createUnreadable(graphql, signal),
  };
}
