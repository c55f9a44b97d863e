import type { ComponentType, LazyExoticComponent } from 'react';
import type { Language } from '../i18n/words.ts';
import type { IconName } from '../ui/icon.tsx';

/**
 * An area of the console: an entry of the navigation, and the pages below it. Each folder of
 * `pages/` has an `area.ts` that exports one; the shell finds it there, so that nothing else
 * changes when an area is added.
 *
 * How to write a page:
 *
 * 1. `pages/<area>/<area>.graphql` has its operations; `npm run generate` makes their types and
 *    documents in `src/generated/console-operations.ts`. Names are unique in the whole console and
 *    begin with the area. One query asks for all that a page shows, so that a page at rest asks once.
 * 2. `pages/<area>/words.ts` has its texts, both languages side by side (`catalogue`).
 * 3. The page is a component in a file of its own, loaded when it is first looked at: `useAsk` or
 *    `useList` reads, `useChange` changes, `useCan` says which buttons the role has, `useTo` writes
 *    addresses, `useTell` tells in the corner what was done.
 * 4. It is made of `ui/` alone: `Page`, `Section`, `Table`, `Facts`, `Status`, `Bytes`, `Time`, `IdText`,
 *    `Form` with its inputs, `Dialog`, `ConfirmDialog`, `Menu`, `Tabs`, `Progress`, `EmptyState`,
 *    `ErrorNote`, `Waiting`. A style of its own is a CSS module beside it, of tokens (`ui/tokens.css`).
 * 5. `test/console/pages.test.ts` visits it in both languages and themes, with axe.
 *
 * `pages/disks/` is the pattern: a list, an object, a form and a dialog of each kind.
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
