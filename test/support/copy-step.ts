import type { CopyOn, CopyStep, VersionTree } from '../../src/engine/contract.ts';

/** One step of a copy, left off after it. */
export async function copyOn(tree: VersionTree, input: CopyOn): Promise<CopyStep> {
  const steps = tree.copySteps(input);
  try {
    const { value } = await steps.next();
    if (value === undefined) throw new Error('A copy has one step at least.');
    return value;
  } finally {
    await steps.return();
  }
}

/** Steps until nothing is left, each going on from the one before. */
export async function allSteps(tree: VersionTree, input: CopyOn): Promise<CopyStep[]> {
  const all: CopyStep[] = [];
  for await (const step of tree.copySteps(input)) all.push(step);
  return all;
}
