/**
 * As many as that, from a random one on: what fails again and again keeps no others from their
 * turn.
 */
export function someOf<T>(all: readonly T[], most: number, random: () => number): readonly T[] {
  if (all.length <= most) return all;
  const first = Math.floor(random() * all.length);
  return [...all.slice(first), ...all.slice(0, first)].slice(0, most);
}
