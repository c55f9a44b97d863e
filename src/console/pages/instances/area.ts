import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'instances',
  group: 'resources',
  order: 20,
  title: { en: 'Instances', zh: '实例' },
  icon: 'instances',
  pages: [
    { path: '', page: lazy(() => import('./list.tsx')) },
    { path: '/new', page: lazy(() => import('./new.tsx')) },
    { path: '/:id/:tab?', page: lazy(() => import('./instance.tsx')) },
  ],
};
