/** For `catch`: a file that is not there is nothing, and not a failure. */
export function missing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
}
