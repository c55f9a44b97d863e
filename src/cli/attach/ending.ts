import type { Console } from '../console.ts';

/** The end of an attachment: wanted by Ctrl-C or by another command, and told to the latter when it has come. */
export class Ending {
  readonly wanted: Promise<void>;
  readonly #want: () => void;
  readonly #told: Promise<object>;
  readonly done: (outcome: object) => void;
  #explanation = 'Ending as soon as it is attached. A second Ctrl-C ends it at once.';

  /** A first Ctrl-C is answered on the console: it may take a while until all is committed. */
  constructor(signal: AbortSignal, console: Console) {
    const wanted = Promise.withResolvers<void>();
    const told = Promise.withResolvers<object>();
    this.wanted = wanted.promise;
    this.#want = wanted.resolve;
    this.#told = told.promise;
    this.done = told.resolve;
    const onSignal = () => {
      console.note(this.#explanation);
      wanted.resolve();
    };
    if (signal.aborted) onSignal();
    else signal.addEventListener('abort', onSignal, { once: true });
  }

  /** What a Ctrl-C waits for from now on, and what a second one does. */
  explain(text: string): void {
    this.#explanation = text;
  }

  ask(): Promise<object> {
    this.#want();
    return this.#told;
  }
}
