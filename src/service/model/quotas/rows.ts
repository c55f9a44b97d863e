import type { QuotaKind } from '../../../generated/schema.ts';
import { entity, list, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import type { ToldQuota } from './crossing.ts';

/** A limit of an account in a region that is not the default. */
export const quotaEntity = entity({
  name: 'quota',
  attributes: {
    accountId: string(),
    region: string(),
    kind: string<QuotaKind>(),
    limit: number(),
  },
  primary: { partition: ['accountId', 'region', 'kind'], sort: [] },
});
export type QuotaRow = RowOf<typeof quotaEntity>;

/** How much of a quota is used, for what nothing else counts. Made when it is first asked for. */
export const quotaUseEntity = entity({
  name: 'quotause',
  attributes: {
    accountId: string(),
    region: string(),
    kind: string<QuotaKind>(),
    /** A count; see counter.ts. */
    used: optional(number()),
    /** How full it was when somebody was told last. */
    told: optional(string<ToldQuota>()),
    /** Or those that are counted; see register.ts. */
    ids: optional(list<string>()),
    revision: optional(number()),
  },
  primary: { partition: ['accountId', 'region', 'kind'], sort: [] },
});
export type QuotaUseRow = RowOf<typeof quotaUseEntity>;
