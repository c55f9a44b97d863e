export interface BatchLimits {
  /** Items in one call. */
  readonly items: number;
  /** Calls under way at a time. */
  readonly calls: number;
  /** Holds smaller calls back while `busy` says that there is enough to do without the answers. */
  readonly gather?: { readonly items: number; readonly busy: () => boolean };
}

const HELD_MS = 3; // far less than a call takes

interface Waiting<In, Out> {
  readonly item: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Turns single questions into calls for many. A call leaves as soon as one is allowed to, with all
 * that has gathered until then: alone when traffic is thin, full when it is dense.
 */
export class Batch<In, Out> {
  readonly #call: (items: In[]) => Promise<readonly Out[]>;
  readonly #limits: BatchLimits;
  #waiting: Waiting<In, Out>[] = [];
  #underWay = 0;
  #scheduled = false;

  /** `call` answers in the order of its items. */
  constructor(limits: BatchLimits, call: (items: In[]) => Promise<readonly Out[]>) {
    this.#limits = limits;
    this.#call = call;
  }

  ask(item: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      setImmediate(() => this.#onTime());
    });
  }

  #onTime(): void {
    this.#scheduled = false;
    this.#send();
  }

  #send(): void {
    while (this.#waiting.length > 0 && this.#underWay < this.#limits.calls) {
      if (this.#isHeld()) {
        this.#lookAgain();
        return;
      }
      const batch = this.#waiting.splice(0, this.#limits.items);
      this.#underWay += 1;
      void this.#carry(batch);
    }
  }

  #isHeld(): boolean {
    const { gather } = this.#limits;
    return gather !== undefined && this.#waiting.length < gather.items && gather.busy();
  }

  #lookAgain(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => this.#onTime(), HELD_MS);
  }

  async #carry(batch: Waiting<In, Out>[]): Promise<void> {
    try {
      const answers = await this.#call(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, at) => {
        const answer = answers[at];
        if (answer === undefined) reject(new Error('a batched call answered too little'));
        else resolve(answer);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.#underWay -= 1;
      this.#send();
    }
  }
}
