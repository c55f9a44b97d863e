import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'capacity',
  group: 'watch',
  order: 31,
  title: { en: 'Capacity', zh: '容量' },
  icon: 'capacity',
  pages: [{ path: '', page: lazy(() => import('./capacity.tsx')) }],
};
