import { VarveError } from '../../platform/errors.ts';

/** Trouble with single items of a round, kept until the round is over, so that one item never keeps the others. */
export interface Troubles {
  /** What the work answers; undefined where it failed. */
  with<T>(work: () => Promise<T>): Promise<T | undefined>;
  /** Throws the first of what failed, for the log; nothing where all went well. */
  tell(): void;
}

export function collectTroubles(): Troubles {
  let first: unknown;
  let count = 0;
  return {
    with: async (work) => {
      try {
        return await work();
      } catch (error) {
        first ??= error;
        count += 1;
        return undefined;
      }
    },
    tell: () => {
      if (count > 0) throw new VarveError('Internal', `${count} items of the round failed`, {}, first);
    },
  };
}
