import type { Console } from '../console.ts';

/** The end of an attachment. Ctrl-C asks for it, or another command, which awaits the outcome. */
export class Ending {
  readonly wanted: Promise<void>;
  readonly #want: () => void;
  readonly #outcome: Promise<object>;
  readonly done: (outcome: object) => void;
  #explanation = 'Ending as soon as it is attached. A second Ctrl-C ends it at once.';

  /** A first Ctrl-C is answered on the console: it may take a while until all is committed. */
  constructor(signal: AbortSignal, console: Console) {
    const wanted = Promise.withResolvers<void>();
    const outcome = Promise.withResolvers<object>();
    this.wanted = wanted.promise;
    this.#want = wanted.resolve;
    this.#outcome = outcome.promise;
    this.done = outcome.resolve;
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
    return this.#outcome;
  }
}
