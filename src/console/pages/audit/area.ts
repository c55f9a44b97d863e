import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'audit',
  group: 'account',
  order: 43,
  title: { en: 'Audit', zh: '审计' },
  icon: 'audit',
  needs: 'audit',
  pages: [{ path: '', page: lazy(() => import('./list.tsx')) }],
};
