import { randomUUID } from 'node:crypto';
import { createAccount } from '../../client/service/account.ts';
import { createDatapath } from '../../client/service/datapath.ts';
import { createDisks } from '../../client/service/disks.ts';
import { createGraphql, type Endpoint } from '../../client/service/graphql.ts';
import type { Http } from '../../client/service/http.ts';
import { createLeases } from '../../client/service/leases.ts';
import { createObjectTransfer } from '../../client/service/object-transfer.ts';
import { createSnapshots } from '../../client/service/snapshots.ts';

export type Services = ReturnType<typeof createServices>;

/** The calls of the service that an attachment makes. */
export function createServices(http: Http, endpoint: Endpoint, signal: AbortSignal) {
  const graphql = createGraphql({ http, endpoint });
  return {
    graphql,
    datapath: createDatapath(graphql, signal),
    transfer: createObjectTransfer(http, signal),
    disks: createDisks(graphql, signal),
    snapshots: createSnapshots(graphql, signal),
    account: createAccount(graphql, signal),
    leases: createLeases(graphql, signal),
    clientToken: randomUUID,
  };
}
