import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'policies',
  group: 'protect',
  order: 10,
  title: { en: 'Policies', zh: '策略' },
  icon: 'policies',
  pages: [
    { path: '', page: lazy(() => import('./list.tsx')) },
    { path: '/new', page: lazy(() => import('./new.tsx')) },
    { path: '/:id/:tab?', page: lazy(() => import('./policy.tsx')) },
  ],
};
