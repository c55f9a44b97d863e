import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'events',
  group: 'watch',
  order: 32,
  title: { en: 'Events', zh: '事件' },
  icon: 'events',
  pages: [{ path: '', page: lazy(() => import('./list.tsx')) }],
};
