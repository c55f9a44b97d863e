import type { Area, Group } from '../app/area.ts';

/** All areas that there are, in the order of the navigation. */
const found = import.meta.glob<{ readonly area: Area }>('../pages/*/area.ts', { eager: true });

export const AREAS: readonly Area[] = Object.values(found)
  .map(({ area }) => area)
  .sort((a, b) => a.order - b.order);

export const GROUPS: readonly Group[] = ['top', 'protect', 'resources', 'watch', 'account'];
