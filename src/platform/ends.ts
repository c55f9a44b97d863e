/**
 * What is to be done at the end, the last one first, each even if one before it failed. It does
 * what AsyncDisposableStack does, which Node has from 24 on.
 */
export class Ends implements AsyncDisposable {
  #todo: (() => unknown)[] = [];

  defer(todo: () => unknown): void {
    this.#todo.push(todo);
  }

  /** Nothing of it is to be done any more. */
  forget(): void {
    this.#todo = [];
  }

  /** Throws what the first one threw. */
  async [Symbol.asyncDispose](): Promise<void> {
    const failures: unknown[] = [];
    for (let todo = this.#todo.pop(); todo !== undefined; todo = this.#todo.pop()) {
      try {
        await todo();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
