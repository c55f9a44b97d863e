import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedMachine, startEmbeddedMachine } from '../support/embedded-machine.ts';
import { OPERATIONS } from '../support/fault-operations.ts';
import { forkOnto, strikeEverywhere } from '../support/fault-strikes.ts';
import { toldRandom } from '../support/fuzz-seed.ts';

/** Of all calls and faults: each takes some tenths of a second. 1 takes them all. */
const SHARE = Number(process.env.VARVE_FAULTS ?? 0.12);

describe('calls to the stores of one machine may go wrong in any way, and everything holds after recovery', () => {
  let machine: EmbeddedMachine;
  beforeAll(async () => {
    machine = await startEmbeddedMachine();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  test.each(OPERATIONS)(
    '$name',
    async (operation) => {
      const random = toldRandom();
      const strikes = { stepObjects: 2, fork: forkOnto(machine), isLeftOut: () => random() >= SHARE };
      expect(await strikeEverywhere(operation, strikes)).toEqual({});
    },
    600_000,
  );
});
