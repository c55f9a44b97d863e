import { ClientError } from '../../client/errors.ts';

/** What is used of standard input. */
export interface SecretInput extends AsyncIterable<Buffer | string> {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
}

/** A key is far shorter. */
const MOST_CHARACTERS = 4096;

/**
 * One line that nobody sees: asked for on a terminal, which does not show it, or all of what comes
 * by a pipe. So it is neither on the screen nor among the arguments that other users see.
 */
export async function readSecret(input: SecretInput, ask: (text: string) => void, prompt: string): Promise<string> {
  if (input.isTTY !== true) return (await readAll(input)).trim();
  ask(prompt);
  input.setRawMode?.(true);
  try {
    return (await readTyped(input)).trim();
  } finally {
    input.setRawMode?.(false);
    ask('\n');
  }
}

async function readAll(input: SecretInput): Promise<string> {
  let text = '';
  for await (const part of input) {
    text += part.toString();
    if (text.length > MOST_CHARACTERS) throw tooLong();
  }
  return text;
}

/** In raw mode the keys for interrupting and erasing are characters like all others. */
async function readTyped(input: SecretInput): Promise<string> {
  let text = '';
  for await (const part of input) {
    for (const character of part.toString()) {
      if (character === '\r' || character === '\n' || character === '\u0004') return text;
      if (character === '\u0003') throw new ClientError('Interrupted', 'Stopped.', { signal: 'SIGINT' });
      if (character === '\u007f' || character === '\b') text = text.slice(0, -1);
      else text += character;
    }
    if (text.length > MOST_CHARACTERS) throw tooLong();
  }
  return text;
}

function tooLong(): ClientError {
  return new ClientError('InvalidParameter', 'What came on standard input is too long for an API key.');
}
