import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'settings',
  group: 'account',
  order: 45,
  title: { en: 'Settings', zh: '设置' },
  icon: 'settings',
  pages: [{ path: '', page: lazy(() => import('./list.tsx')) }],
};
