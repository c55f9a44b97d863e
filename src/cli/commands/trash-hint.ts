/** Until when something that was deleted can be brought back, and how. */
export function trashHint(id: string, restorableUntil: string | null): string[] {
  if (restorableUntil === null) return [];
  return [`Until ${restorableUntil} this brings it back: varve trash restore ${id}`];
}
