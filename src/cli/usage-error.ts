/** What `--json` calls it. */
export const USAGE = 'Usage';

/** A wrong argument: one sentence that names it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** Command whose help to look at, such as `disk import`. */
  readonly command: string | undefined;

  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}
