import { vi } from 'vitest';

/**
 * Resolves once the step is reached; it never ends. `vi.restoreAllMocks` lets later ones through.
 */
export function stopAt(prototype: object, method: string, when: 'before' | 'after'): Promise<void> {
  const original = (prototype as Record<string, (...args: unknown[]) => Promise<unknown>>)[method] as (
    ...args: unknown[]
  ) => Promise<unknown>;
  return new Promise((reached) => {
    vi.spyOn(prototype as Record<string, (...args: unknown[]) => Promise<unknown>>, method).mockImplementation(
      async function (this: unknown, ...args: unknown[]) {
        if (when === 'after') await original.apply(this, args);
        reached();
        return new Promise(() => {});
      },
    );
  });
}
