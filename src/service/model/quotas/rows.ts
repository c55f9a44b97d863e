import type { QuotaKind } from '../../../generated/schema.ts';
import type { Entity } from '../../../platform/catalogue/port.ts';

/** A limit of an account in a region that is not the default. */
export interface QuotaRow {
  readonly accountId: string;
  readonly region: string;
  readonly kind: QuotaKind;
  readonly limit: number;
}

export const quotaEntity: Entity<QuotaRow> = {
  name: 'quota',
  attributes: { accountId: 'string', region: 'string', kind: 'string', limit: 'number' },
  primary: { partition: ['accountId', 'region', 'kind'], sort: [] },
};
