import { type Line, line, when } from '../text.ts';

/** Until when something that was deleted can be brought back, and how. */
export function trashHint(id: string, restorableUntil: string | null): Line[] {
  if (restorableUntil === null) return [];
  return [line`Until ${when(restorableUntil)} this brings it back: varve trash restore ${id}`];
}
