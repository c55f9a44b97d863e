import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'keys',
  group: 'account',
  order: 41,
  title: { en: 'Keys', zh: '密钥' },
  icon: 'keys',
  needs: 'apiKeys',
  pages: [{ path: '', page: lazy(() => import('./list.tsx')) }],
};
