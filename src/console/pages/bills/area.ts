import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'bills',
  group: 'account',
  order: 40,
  title: { en: 'Bills and advice', zh: '账单与建议' },
  icon: 'bills',
  pages: [{ path: '', page: lazy(() => import('./bills.tsx')) }],
};
