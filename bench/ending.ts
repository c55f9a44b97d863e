import { rmSync } from 'node:fs';

type Step = () => Promise<void> | void;

/**
 * Ends what a run has started and removes what it has made, in the reverse order, whatever happens.
 */
export class Ending {
  readonly #stopped = new AbortController();
  readonly #steps: Step[] = [];
  readonly #folders = new Set<string>();

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.#onSignal(signal));
    process.on('exit', () => this.#removeFolders());
  }

  /** Aborted by Ctrl-C. */
  get signal(): AbortSignal {
    return this.#stopped.signal;
  }

  /** A folder that shall not outlive this process. */
  removeFolder(path: string): void {
    this.#folders.add(path);
  }

  /** Does `step` at the end of the run at the latest, or when the returned function is called. */
  before(step: Step): () => Promise<void> {
    let done = false;
    const once = async () => {
      if (done) return;
      done = true;
      await step();
    };
    this.#steps.push(once);
    return once;
  }

  async run(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) await step();
    this.#removeFolders();
  }

  #onSignal(signal: NodeJS.Signals): void {
    if (this.signal.aborted) process.exit(130); // asked twice; children end with this process
    console.error(`\n${signal}: ending.`);
    this.#stopped.abort(new Interrupted());
  }

  #removeFolders(): void {
    // Again where a child that is just being killed still puts a file there.
    for (const folder of this.#folders)
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

export class Interrupted extends Error {}
