import { lazy } from 'react';
import type { Area } from '../../app/area.ts';

export const area: Area = {
  path: 'webhooks',
  group: 'account',
  order: 44,
  title: { en: 'Webhooks', zh: 'Webhook 通知' },
  icon: 'webhooks',
  needs: 'webhooks',
  pages: [
    { path: '', page: lazy(() => import('./list.tsx')) },
    { path: '/:id', page: lazy(() => import('./webhook.tsx')) },
  ],
};
