import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'chains',
  group: 'protect',
  order: 12,
  title: { en: 'Chains', zh: '快照链' },
  icon: 'chains',
  pages: [
    { path: '', page: lazy(() => import('./list.tsx')) },
    { path: '/:id', page: lazy(() => import('./chain.tsx')) },
  ],
};
