import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: '',
  group: 'top',
  order: 0,
  title: { en: 'Overview', zh: '概览' },
  icon: 'overview',
  pages: [{ path: '', page: lazy(() => import('./overview.tsx')) }],
};
