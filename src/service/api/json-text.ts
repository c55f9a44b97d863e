import { VarveError } from '../../platform/errors.ts';

/** Inputs of the schema are 6 deep. A parser takes half a second for a megabyte of brackets. */
const MAX_DEPTH = 32;
/** A full commit has 1024 writes and 1024 trims of three values each. */
const MAX_VALUES = 10_000;

/**
 * Refuses JSON that would cost much before anything of it is understood. It looks at brackets and
 * commas alone, and does not ask if the text is JSON.
 */
export function requireModestJson(text: string): void {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      at = endOfText(text, at);
    } else if (character === '[' || character === '{') {
      depth++;
      values++;
    } else if (character === ']' || character === '}') {
      depth--;
    } else if (character === ',') {
      values++;
    }
    if (depth > MAX_DEPTH) throw tooMuch(`is at most ${MAX_DEPTH} levels deep`);
    if (values > MAX_VALUES) throw tooMuch(`holds at most ${MAX_VALUES} values`);
  }
}

/** Where the text that begins at `at` has its closing quote. */
function endOfText(json: string, at: number): number {
  for (let end = at + 1; end < json.length; end++) {
    if (json[end] === '"') return end;
    if (json[end] === '\\') end++;
  }
  return json.length;
}

function tooMuch(what: string): VarveError {
  return new VarveError('QueryTooComplex', `The body of a request ${what}.`);
}
