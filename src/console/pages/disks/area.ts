import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'disks',
  group: 'resources',
  order: 21,
  title: { en: 'Disks', zh: '磁盘' },
  icon: 'disks',
  pages: [
    { path: '', page: lazy(() => import('./list.tsx')) },
    { path: '/new', page: lazy(() => import('./new.tsx')) },
    { path: '/:id/:tab?', page: lazy(() => import('./disk.tsx')) },
  ],
};
