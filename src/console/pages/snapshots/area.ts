import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'snapshots',
  group: 'protect',
  order: 11,
  title: { en: 'Snapshots', zh: '快照' },
  icon: 'snapshots',
  pages: [
    { path: '', page: lazy(() => import('./list.tsx')) },
    { path: '/:id', page: lazy(() => import('./snapshot.tsx')) },
  ],
};
