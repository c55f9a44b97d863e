import type { QuotaKind } from '../../../generated/schema.ts';
import { entity, number, type RowOf, string } from '../../../platform/catalogue/entity.ts';

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
