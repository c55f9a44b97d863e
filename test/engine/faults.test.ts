import { describe, expect, test } from 'vitest';
import { OPERATIONS } from '../support/fault-operations.ts';
import { strikeEverywhere } from '../support/fault-strikes.ts';

describe('any single call may go wrong in any way, and everything holds after recovery', () => {
  // Small steps: everything goes through the ledger.
  test.each(OPERATIONS)(
    '$name',
    async (operation) => {
      expect(await strikeEverywhere(operation, { stepObjects: 2 })).toEqual({});
    },
    120_000,
  );

  test.each(OPERATIONS.filter(({ name }) => /commit|trim/.test(name)))(
    '$name in one transaction',
    async (operation) => {
      expect(await strikeEverywhere(operation, { stepObjects: 90 })).toEqual({});
    },
    120_000,
  );
});
