import { expect, it } from 'vitest';
import { Ends } from '../../src/platform/ends.ts';

it('does all at the end, the last one first, and throws the first failure', async () => {
  const done: string[] = [];
  const fail = (what: string) => () => {
    done.push(what);
    throw new Error(what);
  };
  const run = async () => {
    await using ends = new Ends();
    ends.defer(() => done.push('first'));
    ends.defer(fail('second'));
    ends.defer(async () => fail('third')());
  };
  await expect(run()).rejects.toThrow('third');
  expect(done).toEqual(['third', 'second', 'first']);
});

it('does nothing that was forgotten', async () => {
  await using ends = new Ends();
  ends.defer(() => {
    throw new Error('not to be done');
  });
  ends.forget();
});
