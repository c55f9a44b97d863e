import type { ComponentType, LazyExoticComponent } from 'react';
import type { Language } from '../i18n/words.ts';
import type { IconName } from '../ui/icon.tsx';

/**
 * An area of the console: an entry of the navigation, and the pages below it. Each folder of
 * `pages/` has an `area.ts` that exports one. The shell finds it there, so nothing else changes
 * when an area is added. docs/console-pages.md says how to write a page.
 */
export interface Area {
  /** The first part of its addresses below the region; empty for the overview. */
  readonly path: string;
  readonly group: Group;
  /** Its place in the group. */
  readonly order: number;
  readonly title: Readonly<Record<Language, string>>;
  readonly icon: IconName;
  /** A query that the role must allow, if not every role may see it. */
  readonly needs?: 'apiKeys' | 'webhooks' | 'audit';
  readonly pages: readonly PageAt[];
}

export interface PageAt {
  /** Below the area: `''`, `/new`, `/:id`, `/:id/:tab`. The first that fits is shown. */
  readonly path: string;
  readonly page: LazyExoticComponent<ComponentType<PageParams>>;
}

/** The named parts of the address. */
export interface PageParams {
  readonly params: Readonly<Record<string, string | undefined>>;
}

export type Group = 'top' | 'protect' | 'resources' | 'watch' | 'account';
