import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'trash',
  group: 'protect',
  order: 13,
  title: { en: 'Recycle bin', zh: '回收站' },
  icon: 'trash',
  pages: [{ path: '', page: lazy(() => import('./list.tsx')) }],
};
