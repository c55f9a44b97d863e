import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'damage',
  group: 'watch',
  order: 33,
  title: { en: 'Damage', zh: '损坏检查' },
  icon: 'damage',
  pages: [{ path: '', page: lazy(() => import('./damage.tsx')) }],
};
