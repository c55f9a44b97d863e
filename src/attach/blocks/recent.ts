/** The entries used last, up to a number. */
export class Recent<Key, Value> {
  readonly #most: number;
  readonly #onGone: (key: Key) => void;
  /** In the order of their last use. */
  readonly #entries = new Map<Key, Value>();

  constructor(most: number, onGone: (key: Key) => void = () => undefined) {
    this.#most = most;
    this.#onGone = onGone;
  }

  /** Counts as a use. */
  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  peek(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  set(key: Key, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#most) return;
      this.delete(oldest);
    }
  }

  delete(key: Key): void {
    if (this.#entries.delete(key)) this.#onGone(key);
  }
}
