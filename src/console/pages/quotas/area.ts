import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'quotas',
  group: 'account',
  order: 42,
  title: { en: 'Quotas', zh: '配额' },
  icon: 'quotas',
  pages: [{ path: '', page: lazy(() => import('./list.tsx')) }],
};
