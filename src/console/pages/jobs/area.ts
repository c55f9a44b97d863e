import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'jobs',
  group: 'watch',
  order: 34,
  title: { en: 'Jobs', zh: '任务' },
  icon: 'jobs',
  pages: [{ path: '', page: lazy(() => import('./list.tsx')) }],
};
