import { useSyncExternalStore } from 'react';

/** One clock for all that says how long ago something was. */
const EVERY_MS = 10_000;
const hearers = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function hear(hearer: () => void): () => void {
  hearers.add(hearer);
  timer ??= setInterval(() => {
    if (document.visibilityState === 'hidden') return;
    now = Date.now();
    for (const each of hearers) each();
  }, EVERY_MS);
  return () => {
    hearers.delete(hearer);
    if (hearers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

export function useNow(): number {
  return useSyncExternalStore(hear, () => now);
}
