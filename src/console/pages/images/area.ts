import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'images',
  group: 'resources',
  order: 22,
  title: { en: 'Images', zh: '镜像' },
  icon: 'images',
  pages: [
    { path: '', page: lazy(() => import('./list.tsx')) },
    { path: '/:id', page: lazy(() => import('./image.tsx')) },
  ],
};
