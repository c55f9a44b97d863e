/** Neither is always the first. */
export async function inTurn(round: number, steps: readonly (() => Promise<void>)[]): Promise<void> {
  for (const step of round % 2 === 0 ? steps : steps.toReversed()) await step();
}
