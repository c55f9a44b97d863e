/** Starting cannot go on; the message is one sentence for the person at the terminal. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** It is the data folder that is in the way, so looking at it helps. */
export class FolderError extends StartError {}
