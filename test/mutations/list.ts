import { OF_COPIES } from './copies.ts';
import type { Mutation } from './mutation.ts';
import { OF_REFERENCES } from './references.ts';
import { OF_TRASH } from './trash.ts';
import { OF_THE_TREE } from './tree.ts';
import { OF_UPLOADS } from './uploads.ts';

export type { Mutation } from './mutation.ts';

/** Every rule that is broken on purpose. */
export const MUTATIONS: readonly Mutation[] = [
  ...OF_REFERENCES,
  ...OF_THE_TREE,
  ...OF_UPLOADS,
  ...OF_COPIES,
  ...OF_TRASH,
];
